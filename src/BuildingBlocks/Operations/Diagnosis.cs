using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Operations;

/// <summary>Something that was looked at in the running installation.</summary>
/// <param name="Code">The same trouble has the same one, for as long as it lasts.</param>
/// <param name="Area">Italian, the key of its translation; findings stand together by it.</param>
/// <param name="What">Italian, the key of its translation, with <c>{0}</c> where an argument goes; no personal data.</param>
/// <param name="Alarm">Somebody has to do something.</param>
/// <param name="Link">Page where she can.</param>
public sealed record Finding(string Code, string Area, string What, object[] Arguments, bool Alarm = false, string? Link = null);

/// <summary>Looks at one part of the running installation: a module that has something to watch plugs it in.</summary>
public interface IDiagnostic
{
    Task<IReadOnlyList<Finding>> Look(CancellationToken cancellation);
}

/// <summary>Everything that is watched, as it is now.</summary>
public sealed class Diagnosis(IEnumerable<IDiagnostic> parts)
{
    public async Task<IReadOnlyList<Finding>> Look(CancellationToken cancellation)
    {
        var found = new List<Finding>();
        foreach (var part in parts)
        {
            try
            {
                found.AddRange(await part.Look(cancellation));
            }
#pragma warning disable CA1031 // what cannot be looked at is a finding too
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                found.Add(new($"{part.GetType().Name}.blind", "Diagnosi", "{0} non risponde: {1}", [part.GetType().Name, failure.GetType().Name], Alarm: true));
            }
        }

        return found;
    }
}

[Requires(PlatformPermissions.Operate)]
internal sealed record Findings : IQuery<IReadOnlyList<Finding>>
{
    internal sealed class Handler(Diagnosis diagnosis) : IRequestHandler<Findings, IReadOnlyList<Finding>>
    {
        public Task<IReadOnlyList<Finding>> Handle(Findings request, CancellationToken cancellationToken) => diagnosis.Look(cancellationToken);
    }
}
