using MediatR;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Imports;

/// <summary>How far an import is, and what was wrong with which line.</summary>
[Requires(PatientsModule.Import)]
internal sealed record OneImport(Guid Id, int Page) : IQuery<ImportProgress>
{
    internal sealed class Handler(ImportDesk<PatientsDb> desk) : IRequestHandler<OneImport, ImportProgress>
    {
        public Task<ImportProgress> Handle(OneImport request, CancellationToken cancellationToken) =>
            desk.Progress(desk.Files, request.Id, request.Page, cancellationToken);
    }
}

/// <summary>Its refused lines, whole, to be mended.</summary>
[Requires(PatientsModule.Import)]
internal sealed record RefusedPeople(Guid Id) : IQuery<RefusedRows>
{
    internal sealed class Handler(ImportDesk<PatientsDb> desk) : IRequestHandler<RefusedPeople, RefusedRows>
    {
        public Task<RefusedRows> Handle(RefusedPeople request, CancellationToken cancellationToken) => desk.Refused(desk.Files, request.Id, cancellationToken);
    }
}
