using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

public sealed class FiscalCodeApiTests
{
    private const string Path = "/api/v1/fiscal-codes";

    [Fact]
    public async Task A_valid_code_is_read()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var (status, body) = await Get(app, Registry.Mario.FiscalCode!.ToLowerInvariant());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(body.GetProperty("valid").GetBoolean());
        Assert.Equal(JsonValueKind.Null, body.GetProperty("reason").ValueKind);
        Assert.Equal("M", body.GetProperty("sex").GetString());
        Assert.Equal("1980-03-12", body.GetProperty("birthDate").GetString());
        Assert.Equal("""{"code":"L219","name":"Torino","province":"TO"}""", body.GetProperty("birthPlace").GetRawText());
    }

    [Theory]
    [InlineData("RSSMRA80C12L219A", "it", "carattere di controllo")]
    [InlineData("RSSMRA80C12L219A", "en", "check character")]
    [InlineData("RSSMRA80C12", "it", "ne mancano 5")]
    [InlineData("%20", "it", "Manca")]
    [InlineData("STP0010011234567", "it", "STP")]
    public async Task A_wrong_code_has_its_reason_in_the_requests_language(string code, string language, string reason)
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var (status, body) = await Get(app, code, language);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(body.GetProperty("valid").GetBoolean());
        Assert.Contains(reason, body.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.All(new[] { "sex", "birthDate", "birthPlace" }, name => Assert.Equal(JsonValueKind.Null, body.GetProperty(name).ValueKind));
    }

    [Theory]
    [InlineData("""{"familyName":"Rossi","givenName":"Mario","sex":"M","birthDate":"1980-03-12","birthPlace":"L219"}""")]
    [InlineData("""{"familyName":"ROSSI","givenName":"mario","sex":"m","birthDate":"1980-03-12","birthPlace":"torino"}""")]
    [InlineData("""{"familyName":"Rossi","givenName":"Mario","sex":"M","birthDate":"1980-03-12","birthPlace":"Torino (TO)","more":1}""")]
    public async Task A_code_is_computed(string json)
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var (status, body) = await Post(app, json);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(Registry.Mario.FiscalCode, body.GetProperty("fiscalCode").GetString());
    }

    [Theory]
    [InlineData("{}", "familyName,givenName,sex,birthDate,birthPlace")]
    [InlineData("""{"familyName":5,"givenName":"Mario","sex":"M","birthDate":"1980-03-12","birthPlace":"L219"}""", "familyName")]
    [InlineData("""{"familyName":"\ud800","givenName":"Mario","sex":"M","birthDate":"1980-03-12","birthPlace":"L219"}""", "familyName")]
    [InlineData("""{"familyName":"李","givenName":"Mario","sex":"M","birthDate":"1980-03-12","birthPlace":"L219"}""", "familyName")]
    [InlineData("""{"familyName":"Rossi","givenName":"Mario","sex":"X","birthDate":"12/03/1980","birthPlace":"Z999"}""", "sex,birthDate,birthPlace")]
    [InlineData("""{"familyName":"Rossi","givenName":"Mario","sex":"M","birthDate":"2080-03-12","birthPlace":"L219"}""", "birthDate")]
    [InlineData("""{"familyName":"Rossi","givenName":"Mario","sex":"M","birthDate":"1980-02-30","birthPlace":"Atlantide"}""", "birthDate,birthPlace")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    public async Task Bad_input_is_told_field_by_field(string json, string fields)
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var (status, body) = await Post(app, json);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(fields, string.Join(',', body.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()).Distinct()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("familyName=Rossi")]
    public async Task What_is_no_JSON_is_malformed(string text)
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(app, text)).Status);
    }

    [Fact]
    public async Task No_garbage_makes_it_fail()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        using var http = app.Anonymous();
        string[] garbage = ["%F0%9F%92%89", "..%2f..%2fetc", new('A', 3000), "%22%3Cscript%3E", "%ED%A0%80", "a%0Ab", "RSSMRA80A01H501%E2%80%8BU", "%25", "+++"];
        foreach (var text in garbage)
            Assert.True((await http.GetAsync($"{Path}/{text}")).StatusCode < HttpStatusCode.InternalServerError, text);
        foreach (var text in new[] { "\"\\ud800\"", new string('[', 200), "{\"familyName\":{\"a\":[]}}", "\0", "{\"familyName\":\"" + new string('x', 5000) + "\"}" })
            Assert.True((await Post(app, text)).Status < HttpStatusCode.InternalServerError, text);
        using var none = new ByteArrayContent([0xff, 0xfe, 0x00]);
        Assert.True((await http.PostAsync(Path, none)).StatusCode < HttpStatusCode.InternalServerError);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Get(PlatformApp app, string code, string language = "it")
    {
        using var http = app.Anonymous();
        http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        var answer = await http.GetAsync($"{Path}/{code}");
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Post(PlatformApp app, string json)
    {
        using var http = app.Anonymous();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        var answer = await http.PostAsync(Path, content);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
