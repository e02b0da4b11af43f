using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.Collection;

/// <summary>A citizen who has signed in sees who looked at her data, or at those of somebody whom she represents: in which role and organisation,
/// when, at what and why (Regolamento (UE) 2016/679, art. 15). That she looked is a line too.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record MyLooks(int Page) : ICommand<MyLooksAnswer>
{
    internal sealed class Handler(RefertiDb db, Citizen citizen, IWhoSaw whoSaw) : IRequestHandler<MyLooks, MyLooksAnswer>
    {
        public async Task<MyLooksAnswer> Handle(MyLooks request, CancellationToken cancellationToken)
        {
            var sight = await citizen.Sight(cancellationToken);
            var page = Math.Max(1, request.Page);
            var seen = sight.Whose is { } whose ? await whoSaw.Of(whose.Id, page, cancellationToken) : new([], false);
            await citizen.Looked(db, "referti.MyLooks", sight, cancellationToken);
            return new(seen.Looks, page, seen.More, sight.Other?.GivenName);
        }
    }
}

/// <param name="For">Given name of whom she acts for; null for herself.</param>
internal sealed record MyLooksAnswer(IReadOnlyList<Seen> Looks, int Page, bool More, string? For);
