using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Platform.Certificates;
using Platform.Certificates.Contracts;
using Platform.Certificates.Issuing;
using Platform.Patients.Contracts;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.Tests.VaccinationBooking;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Doses;

namespace Platform.Tests.Certificates;

/// <summary>What is handed out beside the paper, looked at by implementations that are not ours (npm: fhir, jose).</summary>
public sealed class DownloadsTests : IDisposable
{
    private static readonly DateOnly Old = new(1938, 8, 1);

    private readonly Keys keys = Keys.Usual();

    public void Dispose() => keys.Dispose();

    [Fact]
    public async Task Bundle_summary_and_health_card_of_each_kind_are_sound()
    {
        using var card = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = Path.Combine(keys.Folder, "card.pem");
        await File.WriteAllTextAsync(file, card.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using var app = await RefertiApp.Start(Engine.Sqlite, [.. keys.Settings, ("Certificates:HealthCards:Key", file), ("Platform:Address", "https://salute.example.org")]);
        await app.OpenCampaign();
        var person = await app.Person("Ştefănescu", "Lucia", Old);
        await app.Send(new NoteDoseElsewhere
        {
            Id = Guid.CreateVersion7(), Person = person.Id, Vaccine = "comirnaty", Kind = DoseKind.First, Day = app.Region.DayOf(app.Clock.Now).AddDays(-60), Where = "Francia",
        }, As.Sisp(person.AslCode));
        await app.Drain();
        var (negative, positive) = (await app.Sample(person), await app.Sample(await app.Person("Bianchi", "Anna", Old)));
        await app.Take(RefertiApp.Message("D1", negative.Person, negative.Number, RefertiApp.NotDetected), negative.Lab);
        await app.Take(RefertiApp.Message("D2", positive.Person, positive.Number), positive.Lab);
        app.Clock.Advance(TimeSpan.FromDays(12));
        await app.Send(new IssueDue());
        var certificates = await app.Db<CertificatesDb, List<Certificate>>(db => db.Certificates.AsNoTracking().OrderBy(c => c.Id).ToListAsync());
        Assert.Equal(Enum.GetValues<CertificateKind>(), certificates.Select(c => c.Kind).Order());

        var office = await app.SignedIn(As.Sisp(person.AslCode));
        var keySet = JsonDocument.Parse(await office.Http.GetStringAsync("/.well-known/jwks.json", TestContext.Current.CancellationToken)).RootElement;
        var questions = new List<object>();
        foreach (var certificate in certificates)
        {
            var page = await office.Open($"/certificates/{certificate.Id}");
            questions.Add(new { resource = await Json(office, page, "Scarica in FHIR") });
            questions.Add(new { resource = await Json(office, page, "Scarica la sintesi sanitaria internazionale (IPS)") });
            questions.Add(new { card = (await Json(office, page, "Scarica la SMART Health Card")).GetProperty("verifiableCredential")[0].GetString(), keys = keySet });
        }

        var answers = await Ask(questions);
        Assert.All(answers, a => Assert.Empty(a.GetProperty("errors").EnumerateArray().Select(e => e.GetString())));
        Assert.All(answers.Where((_, i) => i % 3 == 2), a => Assert.Equal("https://salute.example.org", a.GetProperty("content").GetProperty("iss").GetString()));
        // They do find what is wrong.
        var broken = await Ask([new { resource = new { resourceType = "Immunization", wrong = 1 } }, new { card = "a.b.c", keys = keySet }]);
        Assert.All(broken, a => Assert.NotEmpty(a.GetProperty("errors").EnumerateArray()));

        // The summary is a document: its composition first, each section pointing at an entry of it.
        foreach (var summary in questions.Where((_, i) => i % 3 == 1).Select(q => JsonSerializer.SerializeToElement(q).GetProperty("resource")))
        {
            var entries = summary.GetProperty("entry").EnumerateArray().ToDictionary(e => e.GetProperty("fullUrl").GetString()!, e => e.GetProperty("resource").GetProperty("resourceType").GetString());
            Assert.Equal(("document", "Composition"), (summary.GetProperty("type").GetString(), entries.Values.First()));
            var sections = summary.GetProperty("entry")[0].GetProperty("resource").GetProperty("section").EnumerateArray().ToList();
            Assert.Equal(["11450-4", "48765-2", "10160-0"], sections.Take(3).Select(s => s.GetProperty("code").GetProperty("coding")[0].GetProperty("code").GetString()));
            Assert.All(sections, s => Assert.Contains(s.GetProperty("entry")[0].GetProperty("reference").GetString()!, entries.Keys));
        }
    }

    private static async Task<JsonElement> Json(Visitor visitor, Screen page, string button)
    {
        var form = (IHtmlFormElement)page.Button(button).Closest("form")!;
        using var content = new FormUrlEncodedContent(form.QuerySelectorAll("input").OfType<IHtmlInputElement>().Where(i => i.Name is not null).Select(i => KeyValuePair.Create(i.Name!, i.Value)));
        using var answer = await visitor.Http.PostAsync(form.GetAttribute("action")!, content);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task<List<JsonElement>> Ask(IEnumerable<object> questions)
    {
        using var node = Process.Start(new ProcessStartInfo("node", "validate.mjs")
        {
            WorkingDirectory = Path.Combine(Walls.Documents.Root, "tests", "CertificateDecoder"), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(questions));
        node.StandardInput.Close();
        var (said, wrong) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await wrong);
        return JsonSerializer.Deserialize<List<JsonElement>>(await said)!;
    }
}
