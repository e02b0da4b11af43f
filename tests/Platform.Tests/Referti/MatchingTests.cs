using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.Referti;
using Platform.Referti.Contracts;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;
using Platform.Referti.Unmatched;
using Platform.Testing.Contracts;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>Whose a result is: by the sample's number, by the codice fiscale, never by name.</summary>
public sealed class MatchingTests
{
    [Theory, OnEachEngine]
    public async Task A_sample_s_number_under_another_person_s_data_waits(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var other = await app.Person("Bianchi", "Carla", new(1990, 2, 3));

        await app.Take(Message("I1", other, sample.Number), sample.Lab);
        await app.Take(Message("I2", sample.Person, sample.Number, born: new(1985, 8, 2)), sample.Lab);

        Assert.Empty(await app.Reports());
        Assert.All(await app.Queue(), u => Assert.Equal(WaitingReason.IdentityContradicts, u.ReasonCode));
    }

    [Theory, OnEachEngine]
    public async Task Without_our_number_the_codice_fiscale_finds_the_person_and_her_only_open_request(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();

        await app.Take(Message("C1", sample.Person, "THEIRS-1"), sample.Lab);

        var report = Assert.Single(await app.Reports());
        Assert.Equal((sample.RequestId, sample.Number), (report.RequestId!.Value, report.AccessionNumber));
    }

    [Theory, OnEachEngine]
    public async Task A_result_nobody_asked_for_here_is_a_report_without_request(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();

        await app.Take(Message("C1", person, "THEIRS-1"));

        var report = Assert.Single(await app.Reports());
        Assert.Equal((null, "THEIRS-1", person.Id), (report.RequestId, report.AccessionNumber, report.PatientId));
    }

    [Theory, OnEachEngine]
    public async Task Name_and_birth_date_alone_never_match(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();

        await app.Take(Message("N1", person, "THEIRS-1", code: ""));

        Assert.Empty(await app.Reports());
        var waiting = Assert.Single(await app.Queue());
        Assert.Equal(WaitingReason.NoFiscalCode, waiting.ReasonCode);
        var seen = await app.Send(new OneUnmatched(waiting.Id, null), As.Lab(Lab));
        Assert.Equal(person.Id, Assert.Single(seen.Candidates).Patient.Id);
    }

    [Theory, OnEachEngine]
    public async Task Who_waits_for_the_registry_goes_by_herself_when_she_is_registered(Engine engine)
    {
        await using var app = await Start(engine);
        var born = new DateOnly(1985, 8, 1);
        await app.Take(Message("W1", null, "THEIRS-1", code: CodeOf("Ferraris", "Lucia", born), born: born, family: "FERRARIS"));
        Assert.Equal(WaitingReason.PersonUnknown, Assert.Single(await app.Queue()).ReasonCode);

        var person = await app.Person("Ferraris", "Lucia", born);

        Assert.Equal(person.Id, Assert.Single(await app.Reports()).PatientId);
        Assert.Equal(UnmatchedState.Matched, Assert.Single(await app.Queue()).State);
        Assert.Equal(LabMessageState.Issued, Assert.Single(await app.Messages()).State);
    }
}
