using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Platform.UserManagement.Accounts;

/// <summary>Identity's store over the module's own context.</summary>
internal sealed class AccountStore(UserManagementDb db, IdentityErrorDescriber describer)
    : UserOnlyStore<Account, UserManagementDb, Guid>(db, describer);
