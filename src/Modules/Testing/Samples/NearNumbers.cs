using MediatR;
using Platform.Testing.Contracts;

namespace Platform.Testing.Samples;

/// <summary>The check letter of a number says that something in it is wrong, and leaves few numbers that were meant.</summary>
internal sealed class NearNumbers(IMediator mediator) : IRequestHandler<SwabRequestsNear, IReadOnlyList<SwabRequestSummary>>
{
    private const int Most = 40;

    public async Task<IReadOnlyList<SwabRequestSummary>> Handle(SwabRequestsNear request, CancellationToken cancellationToken)
    {
        var found = new List<SwabRequestSummary>();
        foreach (var number in Of(AccessionNumber.Normalise(request.Number)).Take(Most))
        {
            if (await mediator.Send(new SwabRequestByAccession(number), cancellationToken) is { } meant)
                found.Add(meant);
        }

        return found;
    }

    /// <summary>The numbers that hold together and lie one character, or one exchange of neighbours, away.</summary>
    internal static IEnumerable<string> Of(string number)
    {
        if (number.Length > AccessionNumber.MaxLength || number.Length == 0 || AccessionNumber.IsValid(number))
            return [];
        return Changed(number).Concat(Exchanged(number)).Where(AccessionNumber.IsValid).Distinct();
    }

    private static IEnumerable<string> Changed(string number)
    {
        for (var at = 0; at < number.Length; at++)
        {
            foreach (var other in AccessionNumber.Letters + "0123456789")
            {
                if (other != number[at])
                    yield return number[..at] + other + number[(at + 1)..];
            }
        }
    }

    private static IEnumerable<string> Exchanged(string number)
    {
        for (var at = 0; at + 1 < number.Length; at++)
            yield return number[..at] + number[at + 1] + number[at] + number[(at + 2)..];
    }
}
