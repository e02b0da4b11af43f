using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.BuildingBlocks.Imports;
using Platform.Patients.Imports;
using Platform.Patients.People;
using Platform.Referti;
using Platform.Referti.LabMessages;
using Platform.Referti.Reports;
using Platform.Referti.Unmatched;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Requests;
using Platform.Testing.Samples;
using Platform.Tests.Harness;

namespace Platform.Tests.Referti;

/// <param name="Number">Printed on the tube.</param>
internal sealed record Sample(Guid RequestId, string Number, string Lab, PatientSummary Person);

/// <summary>What the tests of reports begin from: people in the registry, samples taken, and messages about them.</summary>
internal static class RefertiApp
{
    public const string Gp = "990007";
    public const string Asl = "010301";
    public const string Hotspot = "HS-001";
    public const string Lab = "LAB-001";

    public const string Detected = "260373001^Detected^SCT";
    public const string NotDetected = "260415000^Not detected^SCT";
    public const string Pcr = "94500-6^SARS-CoV-2 RNA^LN";

    public static async Task<PlatformApp> Start(Engine engine, params (string Key, string Value)[] settings)
    {
        var app = await PlatformApp.Start(engine, settings);
        await app.Fill();
        return app;
    }

    /// <summary>Places and doctors, on a host that may listen already.</summary>
    public static async Task Fill(this PlatformApp app)
    {
        await app.Send(new ImportFacilities());
        await using var scope = app.Scope();
        await scope.ServiceProvider.GetRequiredService<ImportConsole>().Run<DoctorsImport>(Path.Combine(app.Region.Folder, "gps.csv"), null, null, TextWriter.Null, default);
    }

    public static async Task<PatientSummary> Person(this PlatformApp app, string family = "Ferraris", string given = "Lucia", DateOnly? born = null, string? email = null)
    {
        var day = born ?? new(1985, 8, 1);
        var id = await app.Send(
            new RegisterPerson
            {
                Id = Guid.CreateVersion7(), FamilyName = family, GivenName = given, Sex = Sex.Female, BirthDate = day, BirthPlace = "L219",
                FiscalCode = CodeOf(family, given, day), Residence = "001272", Address = "Via Roma 1", Email = email,
            }, As.Gp(Gp));
        await app.Drain();
        return (await app.Send(new PatientById(id)))!;
    }

    public static string CodeOf(string family, string given, DateOnly born) => FiscalCode.Compute(family, given, Sex.Female, born, "L219");

    /// <summary>Asked for, taken, sent and received.</summary>
    public static async Task<Sample> Sample(this PlatformApp app, PatientSummary person, TestType type = TestType.Molecular)
    {
        var slot = await Testing.TestingApp.Slot(app, 1, Hotspot);
        var request = await app.Send(
            new RequestSwab { Id = Guid.CreateVersion7(), PatientId = person.Id, TestType = type, Reason = "contact", SlotId = slot }, As.Gp(Gp));
        var number = (await app.Send(new TakeSample { Id = request }, As.Hotspot(Hotspot))).AccessionNumber;
        await app.Send(new SendSamples { Ids = [request] }, As.Hotspot(Hotspot));
        var lab = (await app.Send(new SwabRequestById(request)))!.LabCode!;
        await app.Send(new ReceiveSample { AccessionNumber = number }, As.Lab(lab));
        await app.Drain();
        return new(request, number, lab, person);
    }

    public static Task<Sample> Sample(this PlatformApp app) => app.SampleOfNewPerson();

    private static async Task<Sample> SampleOfNewPerson(this PlatformApp app) => await app.Sample(await app.Person());

    /// <summary>Sends as the laboratory's system; the answer as text.</summary>
    public static async Task<string> Take(this PlatformApp app, string message, string lab = Lab)
    {
        var answer = Encoding.UTF8.GetString((await app.Send(new ReceiveLabMessages(Encoding.UTF8.GetBytes(message)), As.LabSystem(lab))).Content);
        await app.Drain();
        return answer;
    }

    public static string Code(string answer) =>
        answer.Split('\r').Single(line => line.StartsWith("MSA|", StringComparison.Ordinal)).Split('|')[1];

    public static string Message(
        string controlId, PatientSummary? person, string number, string value = Detected, string status = "F", string test = Pcr,
        string? code = null, DateOnly? born = null, string? family = null, string type = "ORU^R01^ORU_R01", string processing = "P",
        string version = "2.5.1", string collected = "20211115083000+0100", string? observations = null) =>
        string.Join('\r',
            $@"MSH|^~\&|LIS|LAB|REGIONE|REFERTI|20211115093000+0100||{type}|{controlId}|{processing}|{version}||||||UNICODE UTF-8",
            $"PID|1||{code ?? person?.FiscalCode}^^^MEF^NNITA||{family ?? person?.FamilyName}^{person?.GivenName}^^^^^L||"
                + $"{(born ?? person?.BirthDate)?.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}|F",
            $"OBR|1||F-{number}|{test}|||{collected}|||||||||||||||20211115093000+0100|||{(status is "D" or "W" ? "" : "F")}",
            observations ?? $"OBX|1|CWE|{test}||{value}||||||{status}",
            $"SPM|1|{number}||258500001^Nasopharyngeal swab^SCT|||||||||||||{collected}") + "\r";

    public static Task<List<Report>> Reports(this PlatformApp app) =>
        app.Db<RefertiDb, List<Report>>(db => db.Reports.Include(r => r.Versions).OrderBy(r => r.FirstIssuedAt).ToListAsync());

    public static Task<List<UnmatchedReport>> Queue(this PlatformApp app) =>
        app.Db<RefertiDb, List<UnmatchedReport>>(db => db.Unmatched.OrderBy(u => u.Id).ToListAsync());

    public static Task<List<LabMessage>> Messages(this PlatformApp app) =>
        app.Db<RefertiDb, List<LabMessage>>(db => db.Messages.OrderBy(m => m.Id).ToListAsync());

    public static async Task<SwabRequestState> StateOf(this PlatformApp app, Guid request) => (await app.Send(new SwabRequestById(request)))!.State;
}
