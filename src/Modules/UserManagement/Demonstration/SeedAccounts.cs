using MediatR;
using Platform.BuildingBlocks;
using Platform.UserManagement.Contracts;

namespace Platform.UserManagement.Demonstration;

internal sealed class SeedAccounts(IMediator mediator, DemoCast cast) : IDemoSeed
{
    public int Order => 30;
    public string Title => "Accounts";

    public async Task Seed(IProgress<string> said, CancellationToken cancellation)
    {
        foreach (var account in cast.Accounts)
        {
            await mediator.Send(new CreateAccount(
                account.UserName, DemoCast.Password, account.DisplayName, account.Email, "it", [new(account.Role, account.Scope)]), cancellation);
        }

        await mediator.Send(new CreateApiClient(DemoCast.ClientName, [cast.ClientAssignment], cast.ApiKey), cancellation);
        said.Report($"{cast.Accounts.Count} accounts, one API client");
    }
}
