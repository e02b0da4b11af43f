using System.Net.Mail;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Notifications.Contracts;
using Platform.Patients.Contracts;
using Platform.Schools.People;
using Platform.Schools.Register;

namespace Platform.Schools.Consents;

/// <summary>Asks families, and reminds those who have not answered. Mails say that there is something to answer, and not what.</summary>
internal sealed class ConsentDesk(SchoolsDb db, IMediator mediator, Texts texts, Region region, IConfiguration configuration, TimeProvider clock)
{
    private const int AddressLength = 120;

    private readonly string answers = (configuration["Platform:Address"] ?? "http://localhost:5080").TrimEnd('/') + "/ritiro";

    /// <summary>All pupils who are in the classes today and have not been asked yet.</summary>
    /// <returns>How many were asked now.</returns>
    public async Task<int> Ask(ConsentFor what, Guid occasion, IReadOnlyCollection<SchoolClass> classes, DateOnly day, DateOnly due, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = region.DayOf(clock.GetUtcNow());
        var ids = classes.Select(c => (Guid?)c.Id).ToList();
        var codes = classes.Select(c => c.SchoolCode).Distinct().ToList();
        var schools = await db.Schools.Where(s => codes.Contains(s.Code)).ToDictionaryAsync(s => s.Code, s => s.Name, cancellation);
        var links = await db.Links.AsNoTracking().Where(l => ids.Contains(l.ClassId) && l.Part == SchoolPart.Pupil && l.From <= today && (l.Until == null || l.Until >= today)).ToListAsync(cancellation);
        var asked = await db.Consents.Where(c => c.OccasionId == occasion).Select(c => c.PatientId).ToListAsync(cancellation);
        var fresh = new List<Consent>();
        foreach (var link in links.DistinctBy(l => l.PatientId).Where(l => !asked.Contains(l.PatientId)))
        {
            var of = classes.First(c => c.Id == link.ClassId);
            fresh.Add(new()
            {
                Id = StableId.Of(occasion, link.PatientId.ToString()), For = what, OccasionId = occasion, PatientId = link.PatientId, ClassId = of.Id, ClassName = of.Name,
                SchoolCode = of.SchoolCode, SchoolName = schools[of.SchoolCode], AslCode = of.AslCode, Day = day, Due = due, AskedAt = now,
            });
        }

        db.Consents.AddRange(fresh);
        await db.SaveChangesAsync(cancellation);
        await Mail(fresh, 0, cancellation);
        return fresh.Count;
    }

    /// <summary>Those who have not answered, each at the region's intervals and as often as the region says.</summary>
    public async Task<int> Remind(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = region.DayOf(now);
        var (days, most) = (region.SchoolLimits.Of(SchoolLimits.ReminderDays, today), region.SchoolLimits.Of(SchoolLimits.RemindersMost, today));
        var before = now.UtcDateTime.AddDays(-days);
        var silent = await db.Consents.Where(c => c.Answer == null && c.Due >= today && c.Reminders < most && (c.RemindedAt ?? c.AskedAt) <= before).ToListAsync(cancellation);
        foreach (var consent in silent)
            consent.Remind(now.UtcDateTime);
        await db.SaveChangesAsync(cancellation);
        foreach (var again in silent.GroupBy(c => c.Reminders))
            await Mail([.. again], again.Key, cancellation);
        return silent.Count;
    }

    // To who answers: a minor's parents, where the registry knows them, and the address that she has herself.
    private async Task Mail(IReadOnlyList<Consent> consents, int time, CancellationToken cancellation)
    {
        var people = await mediator.Send(new PatientsByIds([.. consents.Select(c => c.PatientId)]), cancellation);
        var mails = new List<PostMail>();
        using var reader = Texts.Reading("it");
        foreach (var consent in consents)
        {
            var parents = await mediator.Send(new ProxiesOf(consent.PatientId), cancellation);
            var answering = await mediator.Send(new PatientsByIds([.. parents.Select(p => p.PatientId)]), cancellation);
            var addresses = answering.Values.Select(p => p.Email).Append(people.GetValueOrDefault(consent.PatientId)?.Email)
                .OfType<string>().Where(a => a.Length <= AddressLength && MailAddress.TryCreate(a, out _)).Distinct(StringComparer.OrdinalIgnoreCase);
            mails.AddRange(addresses.Select(address => new PostMail(
                StableId.Of(consent.Id, $"{time} {address}"), address, texts["Una domanda della sua ASL attende risposta"],
                texts["Entro il {0} risponda qui, con la sua identità digitale: {1}. Chi non risponde non partecipa.", consent.Due.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture), answers], consent.PatientId)));
        }

        if (mails.Count > 0)
            await mediator.Send(new PostMails(mails), cancellation);
    }
}

internal sealed class RemindOfConsents(ConsentDesk desk) : IScheduledJob
{
    public static string Name => "schools.remind-of-consents";
    public static string Title => "Ricorda alle famiglie le domande senza risposta";
    public static string Cron => "0 0 17 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation) => new("{0} famiglie avvisate di nuovo", await desk.Remind(cancellation));
}
