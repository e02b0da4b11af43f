using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Certificates.Collection;
using Platform.Certificates.Contracts;
using Platform.Certificates.Issuing;
using Platform.Notifications.Contracts;

namespace Platform.Certificates;

/// <summary>Certificates come of the demonstration's doses and quick swabs by themselves; one of them is withdrawn, and one can be fetched.</summary>
internal sealed class DemoCertificates(CertificatesDb db, Courier courier, IServiceScopeFactory scopes, IEnumerable<IRecipientDirectory> directories) : IDemoSeed
{
    public int Order => 60;

    public string Title => "Certificates";

    public async Task Seed(IProgress<string> said, CancellationToken cancellation)
    {
        // They are issued once the doses and the tests have been told.
        await courier.Drain(cancellation);
        var issued = await db.Certificates.AsNoTracking().OrderByDescending(c => c.IssuedAt).ThenBy(c => c.Id).ToListAsync(cancellation);
        if (issued.Count == 0 || issued.Exists(c => c.WhyRevoked == RevocationReason.Withdrawn))
        {
            said.Report(issued.Count == 0 ? "none" : "already there");
            return;
        }

        var tests = issued.FindAll(c => c is { Kind: CertificateKind.Test, RevokedAt: null });
        if (tests.Count > 1 && await Office(tests[0].AslCode, cancellation) is { } office && tests[1].AslCode == tests[0].AslCode)
        {
            await Ask(new RevokeCertificate { Id = tests[0].Id, Why = "Chiesta dalla persona: test di un'altra" }, office, cancellation);
            said.Report($"one can be fetched at {FetchCertificatePage.Address} with {tests[1].FiscalCode} and {await Ask(new GiveFetchCode(tests[1].Id), office, cancellation)}");
        }

        said.Report($"{issued.Count} certificates");
    }

    private async Task<Identity?> Office(string asl, CancellationToken cancellation)
    {
        foreach (var directory in directories)
        {
            var recipient = Recipient.Of(ScopeKind.Asl, asl);
            if ((await directory.AddressesOf([recipient], cancellation))[recipient].FirstOrDefault() is { } account)
                return new(account.AccountId, "Operatore SISP", [new(Role.Sisp, new(ScopeKind.Asl, asl))]);
        }

        return null;
    }

    private async Task<TResult> Ask<TResult>(IRequest<TResult> request, Identity who, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(who, null);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellation);
    }
}
