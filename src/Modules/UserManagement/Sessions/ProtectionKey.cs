using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.UserManagement.Sessions;

/// <summary>A key that seals cookies and form tokens; all hosts share the table, so that any of them answers a session. It lies there
/// encrypted like a personal field.</summary>
internal sealed class ProtectionKey
{
    public const int NameLength = 120;

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Xml { get; init; }
    public required DateTime At { get; init; }
}

internal sealed class ProtectionKeys(IServiceScopeFactory scopes, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        return [.. Db(scope).ProtectionKeys.AsNoTracking().Select(k => k.Xml).ToList().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = Db(scope);
        db.ProtectionKeys.Add(new ProtectionKey
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Name = friendlyName.Length > ProtectionKey.NameLength ? friendlyName[..ProtectionKey.NameLength] : friendlyName,
            Xml = element.ToString(SaveOptions.DisableFormatting),
            At = clock.GetUtcNow().UtcDateTime,
        });
        // The framework's interface is synchronous and called a few times a year.
        db.SaveChangesAsync().GetAwaiter().GetResult();
    }

    private static UserManagementDb Db(IServiceScope scope) => scope.ServiceProvider.GetRequiredService<UserManagementDb>();
}
