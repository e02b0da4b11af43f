using Platform.Tests.Harness;
using static Platform.Tests.Harness.PersonalData;

namespace Platform.Tests.Walls;

/// <summary>No log holds a person's data. The harness hands over the lines of every host of every test when it is
/// closed (<see cref="PersonalData.Refuse"/>); here the look itself is tried.</summary>
public sealed class LogsTests
{
    [Theory]
    [InlineData("Information Patient RSSMRA85T10A562S registered")]
    [InlineData("Debug GET /patients?q=rssmra85t10a562s")]
    [InlineData("Error RSSMRAURTMLARSNL is wrong")]
    public void A_codice_fiscale_in_a_line_is_found(string line) =>
        Assert.Throws<InvalidOperationException>(() => Refuse(["Information started", line]));

    [Fact]
    public void Ids_and_names_of_requests_are_no_codice_fiscale() =>
        Refuse(["Debug RequestSwab done in 3.2 ms", "Information 0199f3c2-7c1a-7a44-8a53-0f7f6a4c9b11", "Information PLATFORMPATIENTSREGISTERPATIENT"]);

    [Fact]
    public void A_name_in_a_line_is_found_as_a_word() =>
        Assert.Equal(["Hello Rossi."], Naming(["Hello Rossi.", "rossignol"], "rossi"));

    [Theory, OnEachEngine]
    public async Task A_host_that_starts_logs_something_and_nobody(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        using var answer = await app.Anonymous().GetAsync("/health/ready");
        Assert.NotEmpty(app.Log);
        Refuse(app.Log);
    }
}
