using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Platform.BuildingBlocks.Tables;

namespace Platform.Referti.LabFiles;

/// <summary>What a column of a laboratory's file says.</summary>
internal enum ColumnIs
{
    /// <summary>Only checked.</summary>
    Nothing,
    FiscalCode,
    FamilyName,
    GivenName,
    Sex,
    BirthDate,

    /// <summary>The number on our tube.</summary>
    Sample,

    /// <summary>The laboratory's own number.</summary>
    Number,
    Test,
    TestText,
    Result,
    ResultText,
    Status,
    CollectedAt,
    ReceivedAt,
    ReportedAt,
    Laboratory,

    /// <summary>Of an antigen test: number of its device in the EU's common list.</summary>
    Device,

    /// <summary>Cycle threshold of a gene target.</summary>
    Ct,
    Value,
    Unit,
    Range,
    Note,
}

/// <summary>Whose a row is: it names the person, or only the tube.</summary>
internal enum RowIdentity
{
    Person,
    Sample,
}

/// <param name="Nothing">What is written where there is nothing.</param>
/// <param name="Values">What the cell may hold and what it means; in any case.</param>
/// <param name="Formats">Of dates and times, as .NET writes them; without a zone, the region's.</param>
/// <param name="RequiredWhen">Another column, and its values with which this one is required.</param>
internal sealed record MapColumn(
    string Name, ColumnIs Is = ColumnIs.Nothing, bool Required = false, string[]? Aliases = null, string[]? Nothing = null, string? Pattern = null,
    string[]? OneOf = null, Dictionary<string, string>? Values = null, string[]? Formats = null, Dictionary<string, string[]>? RequiredWhen = null, string? Target = null)
{
    [JsonIgnore]
    public Dictionary<string, string>? Meanings { get; } = Values is null ? null : new(Values, StringComparer.OrdinalIgnoreCase);

    [JsonIgnore]
    public Regex? Shape { get; } = Pattern is null ? null : new(Pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}

/// <summary>How a file of results is to be read: a description, in the region's pack, with its source and its validity.
/// A laboratory's CSV, a spreadsheet, or what an analyser writes: the same reader reads them all.</summary>
/// <param name="ByPosition">The header's names do not count where its columns are as many as these.</param>
/// <param name="Test">Of every row, where no column says it.</param>
internal sealed record FileMap(
    string Name, string Title, string TitleEn, string Source, DateOnly ValidFrom, MapColumn[] Columns, DateOnly? ValidTo = null, bool ByPosition = false,
    RowIdentity Identity = RowIdentity.Person, string? Test = null)
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    [JsonIgnore]
    public TableLayout Layout { get; } = new([.. Columns.Select(c => new TableField(c.Name, c.Required, c.Aliases ?? []))]) { ByPosition = ByPosition };

    [JsonIgnore]
    public string Called => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? TitleEn : Title;

    public bool IsValidOn(DateOnly day) => day >= ValidFrom && (ValidTo is null || day <= ValidTo);
}
