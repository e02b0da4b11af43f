using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;

namespace Platform.Patients.Imports;

/// <summary>An administrator hands in a file. Its lines are set aside in batches, which are then brought in one by one:
/// a host that stops half way loses none and doubles none.</summary>
[Requires(PatientsModule.Import)]
internal sealed record StartImport : ICommand<Guid>
{
    public const long LargestFile = 50 * 1024 * 1024;

    /// <summary>Made by the form: sent twice, it is one import.</summary>
    public Guid Id { get; init; }

    public ImportKind Kind { get; init; }
    public IFormFile? File { get; init; }

    internal sealed class Validator : AbstractValidator<StartImport>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Il modulo è incompleto: ricarichi la pagina.");
            RuleFor(c => c.Kind).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(c => c.File).NotNull().WithMessage("Scelga un file.");
            RuleFor(c => c.File!.Length).LessThanOrEqualTo(LargestFile).When(c => c.File is not null).OverridePropertyName(nameof(File))
                .WithMessage("Il file supera i 50 MB: lo divida, o lo importi dalla riga di comando del server.");
        }
    }

    internal sealed class Handler(PatientsDb db, ICurrentUser user, IDatabaseEngine engine, Texts texts, TimeProvider clock) : IRequestHandler<StartImport, Guid>
    {
        public async Task<Guid> Handle(StartImport request, CancellationToken cancellationToken)
        {
            if (await db.Imports.AnyAsync(i => i.Id == request.Id, cancellationToken))
                return request.Id;
            await using var file = request.File!.OpenReadStream();
            // A wrong header refuses the file here, before anything is kept.
            await using var table = await Table.Open(file, request.Kind == ImportKind.People ? ImportPeople.Layout : ImportDoctors.Layout, cancellationToken);
            var import = new Import
            {
                Id = request.Id,
                Kind = request.Kind,
                FileName = Cut(Printable(Path.GetFileName(request.File.FileName)), Import.FileNameLength),
                Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                StartedAt = clock.GetUtcNow().UtcDateTime,
                StartedBy = Cut(user.DisplayName, Import.StartedByLength),
            };
            var ordinal = 0;
            await foreach (var batch in table.Rows(cancellationToken).Chunk(ImportBatch.Size, cancellationToken))
            {
                if (ordinal == 0)
                    db.Imports.Add(import);
                var kept = new ImportBatch
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()), ImportId = import.Id, Ordinal = ordinal++,
                    Payload = ImportBatch.Write(batch), Lines = batch.Count,
                };
                db.ImportBatches.Add(kept);
                db.Tell(new ImportBatchStaged(kept.Id));
                try
                {
                    await db.SaveChangesAsync(cancellationToken);
                }
                catch (DbUpdateException failure) when (kept.Ordinal == 0 && engine.IsDuplicate(failure))
                {
                    // The form came twice at once: the other one reads the file.
                    db.ChangeTracker.Clear();
                    return request.Id;
                }

                db.ChangeTracker.Clear();
            }

            if (ordinal == 0)
                db.Imports.Add(import);
            else
                db.Imports.Attach(import);
            foreach (var unknown in table.Unknown)
            {
                db.ImportFaults.Add(new()
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()), ImportId = import.Id, Line = table.HeaderLine, Column = unknown,
                    Reason = texts["La colonna non è prevista: è stata ignorata."],
                });
            }

            import.ReadAt = clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(cancellationToken);
            return import.Id;
        }

        private static string Printable(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '_' : c));

        // Not within a character of two halves.
        private static string Cut(string text, int length) =>
            text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}

/// <summary>A batch of an import waits to be brought in.</summary>
internal sealed record ImportBatchStaged(Guid BatchId) : IEvent;
