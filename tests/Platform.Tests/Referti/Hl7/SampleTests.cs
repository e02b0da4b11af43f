using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

/// <summary>Files of real senders (CDCgov/prime-reportstream, CC0, invented people), read where they are at hand.</summary>
public sealed class SampleTests
{
    private static readonly string? Folder = Find();

    /// <summary>File, messages, of which readable, results, ignored, the samples' first numbers.</summary>
    public static TheoryData<string, int, int, int, int, string> Files()
    {
        var rows = new TheoryData<string, int, int, int, int, string>();
        Add("Example-hl7-file.hl7", 1, 1, 1, 4, "1234d1d1-95fe-462c-8ac6-46728dba581c");
        Add("LP-covid-19-20220124002222.hl7", 1, 1, 1, 0, "5ff18d7a-f32b-43b2-b814-590b8844fab3");
        Add("batch_message.hl7", 2, 2, 2, 8, "0cba76f5-35e0-4a28-803a-2f31308aae9b b518ef23-1d9a-40c1-ac4b-ed7b438dfc4b");
        Add("single_message.hl7", 1, 1, 1, 5, "b518ef23-1d9a-40c1-ac4b-ed7b438dfc4b");
        Add("simple_report_example.csv", 1, 0, 0, 0, string.Empty);
        Add("test_result.csv", 1, 0, 0, 0, string.Empty);
        Add("valid_data.fhir", 1, 0, 0, 0, string.Empty);
        return rows;

        void Add(string file, int messages, int readable, int results, int ignored, string accessions)
            => rows.Add(new TheoryDataRow<string, int, int, int, int, string>(file, messages, readable, results, ignored, accessions)
            {
                Skip = Folder is null && !InCi ? $"The samples' folder is not at hand: {file}" : null,
                TestDisplayName = file,
            });
    }

    private static bool InCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    [Theory]
    [MemberData(nameof(Files))]
    public void Samples_are_read_for_what_they_say(string file, int messages, int readable, int results, int ignored, string accessions)
    {
        Assert.True(Folder is not null, "The samples' folder must be there in CI: set PLATFORM_TEST_SAMPLES.");
        var batch = new Hl7Batch();
        using var stream = File.OpenRead(Path.Combine(Folder, file));
        var entries = batch.Read(stream).ToList();
        Assert.Equal(messages, entries.Count);
        Assert.Empty(batch.Problems);
        var readings = new List<OruReading>();
        foreach (var entry in entries)
        {
            if (entry.TryParse(null, out var message, out _))
            {
                readings.Add(OruReader.Read(message!));
            }
        }

        Assert.Equal(readable, readings.Count);
        Assert.All(readings, AsExpected);
        Assert.Equal((results, ignored), (readings.Sum(reading => reading.Results.Count), readings.Sum(reading => reading.Ignored.Count)));
        Assert.Equal(accessions, string.Join(' ', readings.SelectMany(reading => reading.Results).Select(result => result.Order.AccessionCandidates[0])));
    }

    [Fact]
    public void Every_file_of_the_folder_has_its_row()
    {
        Assert.SkipWhen(Folder is null && !InCi, "The samples' folder is not at hand.");
        Assert.Equal(
            Directory.GetFiles(Folder!).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Files().Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    private static void AsExpected(OruReading reading)
    {
        Assert.Null(reading.Header.Refusal());
        Assert.NotNull(reading.Header.MessageTime);
        Assert.Contains(ProblemCodes.NoNationalIdentifier, reading.Problems.Codes());
        Assert.NotNull(reading.Patient.BirthDate);
        Assert.Equal(AckCode.AA, Acknowledgement.CodeFor(reading));
        Assert.All(reading.Results, result =>
        {
            Assert.Equal((TestKind.Antigen, ResultValue.NotDetected, ObservationStatus.Final), (result.Kind, result.Value, result.Status));
            Assert.True(result.IsReportable);
            Assert.NotNull(result.Collected);
            Assert.NotNull(result.Order.Received);
            Assert.NotNull(result.Order.Reported);
        });
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PLATFORM_TEST_SAMPLES") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var samples = Path.Combine(folder.FullName, "shared", "data", "lab-messages");
            if (Directory.Exists(samples))
            {
                return samples;
            }
        }

        return null;
    }
}
