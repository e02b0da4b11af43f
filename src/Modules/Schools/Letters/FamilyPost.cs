using System.Globalization;
using System.Net.Mail;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Notifications.Contracts;
using Platform.Patients.Contracts;
using Platform.Schools.Cases;
using Platform.Schools.ClassTests;
using Platform.Schools.Standings;

namespace Platform.Schools.Letters;

/// <summary>What families are told: a letter each, and by mail, where the registry has an address, when and where they are expected. The mail
/// has no name and no word of what it is about: letters are read by who signs in, or on paper.</summary>
internal sealed class FamilyPost(SchoolsDb db, IMediator mediator, Texts texts, Region region, IConfiguration configuration, TimeProvider clock)
{
    // As long as the outbox of mails takes an address.
    private const int AddressLength = 120;

    private readonly string letters = (configuration["Platform:Address"] ?? "http://localhost:5080").TrimEnd('/') + "/ritiro";

    /// <summary>Writes to those who have not been written to yet; the caller saves nothing more.</summary>
    /// <returns>How many letters there are that were not there before.</returns>
    public async Task<int> Write(ClassStanding standing, LetterKind kind, IReadOnlyList<PersonMeasure> people, CancellationToken cancellation)
    {
        var ids = people.Select(p => StableId.Of(standing.Id, $"{kind} {p.PatientId}")).ToList();
        var known = await db.FamilyLetters.Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToListAsync(cancellation);
        var summaries = await mediator.Send(new PatientsByIds([.. people.Select(p => p.PatientId)]), cancellation);
        var placed = await db.TestedPeople.AsNoTracking().Where(p => p.StandingId == standing.Id && p.StartsAt != null && p.ResultAt == null).ToListAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var mails = new List<PostMail>();
        var written = 0;
        foreach (var (person, id) in people.Zip(ids))
        {
            if (known.Contains(id) || summaries.GetValueOrDefault(person.PatientId) is not { DiedOn: null } summary)
                continue;
            var letter = new FamilyLetter
            {
                Id = id, StandingId = standing.Id, PatientId = person.PatientId, Kind = kind, AslCode = standing.AslCode, ClassName = standing.ClassName,
                SchoolName = standing.SchoolName, Measure = person.Kind, From = standing.From, Until = person.Until, WrittenAt = now,
            };
            if (Reaches(summary.Email))
            {
                letter.MailedAt = now;
                mails.Add(Mail(id, summary, kind, [.. placed.Where(p => p.PatientId == person.PatientId).OrderBy(p => p.StartsAt)]));
            }

            db.FamilyLetters.Add(letter);
            written++;
        }

        await db.SaveChangesAsync(cancellation);
        if (mails.Count > 0)
            await mediator.Send(new PostMails(mails), cancellation);
        return written;
    }

    /// <summary>Tells those who have got a place only now.</summary>
    public async Task TellPlaces(IReadOnlyList<TestedPerson> placed, CancellationToken cancellation)
    {
        var summaries = await mediator.Send(new PatientsByIds([.. placed.Select(p => p.PatientId)]), cancellation);
        var mails = placed.Where(p => Reaches(summaries.GetValueOrDefault(p.PatientId)?.Email))
            .Select(p => Mail(StableId.Of(p.Id, "place"), summaries[p.PatientId], LetterKind.Start, [p])).ToList();
        if (mails.Count > 0)
            await mediator.Send(new PostMails(mails), cancellation);
    }

    private PostMail Mail(Guid id, PatientSummary person, LetterKind kind, IReadOnlyList<TestedPerson> places)
    {
        using var reader = Texts.Reading("it");
        var when = string.Join("\r\n", places.Select(p => $"- {region.LocalOf(p.StartsAt!.Value).ToString("dddd d MMMM, HH:mm", CultureInfo.CurrentCulture)}, {p.Place}"));
        var body = places.Count > 0 && kind == LetterKind.Start
            ? $"{texts["La aspettiamo qui:"]}\r\n{when}\r\n\r\n{texts["Porti la tessera sanitaria. Chi è minorenne viene con un genitore o con chi ne fa le veci."]}\r\n\r\n"
            : "";
        return new(id, person.Email!, texts["Una comunicazione della sua ASL"],
            $"{body}{texts["La comunicazione completa le arriva su carta. La legge anche qui, con la sua identità digitale: {0}", letters]}", person.Id);
    }

    private static bool Reaches(string? address) => address is { Length: > 0 and <= AddressLength } && MailAddress.TryCreate(address, out _);
}
