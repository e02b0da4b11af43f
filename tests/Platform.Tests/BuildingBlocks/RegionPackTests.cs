using Platform.BuildingBlocks.Regions;

namespace Platform.Tests.BuildingBlocks;

public sealed class RegionPackTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("region").FullName;

    public RegionPackTests()
    {
        foreach (var file in Directory.GetFiles(Shipped()))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    [Fact]
    public void The_pack_that_ships_is_whole()
    {
        var region = RegionPack.Read(Shipped());
        Assert.Equal(12, region.Asls.Count);
        Assert.Equal(1181, region.Municipalities.Count);
        Assert.All(region.Asls, asl => Assert.Contains(region.Municipalities, m => m.Asl == asl.Code));
        Assert.All(region.Asls, asl => Assert.Contains(region.Facilities, f => f.Asl == asl.Code && f.Kind == FacilityKind.Hotspot));
        Assert.Equal("L219", region.FindMunicipality("001272")?.Belfiore);
        Assert.Equal("010301", region.FindMunicipality("001272")?.Asl);
    }

    [Theory]
    [InlineData("municipalities.csv", "001272,L219,Torino,TO,010301,10121", "001272,L219,Torino,TO,019999,10121", "asl 019999 is not known")]
    [InlineData("municipalities.csv", "001002,A109,", "001001,A109,", "istat 001001 is already on line 2")]
    [InlineData("asl.csv", "010203,ASL TO3", "10203,ASL TO3", "code is «10203», must be 6 digits")]
    [InlineData("facilities.csv", ",hotspot,", ",hotpot,", "kind is «hotpot», must be one of hospital, lab, hotspot, usca, school, pharmacy")]
    [InlineData("hotspot_openings.csv", ",mon,08:00,", ",mon,8 am,", "from is «8 am», must be a time such as 08:30")]
    [InlineData("gps.csv", "990007,", ",", "code is empty")]
    [InlineData("collection_limits.csv", "attempts_of_code,5,", "attempts_of_code,0,", "attempts_of_code is 0, must be from 1 to 1440")]
    [InlineData("lab_rules.csv", "LAB-013,yes,", "LAB-999,yes,", "lab LAB-999 is not known")]
    [InlineData("lab_rules.csv", "LAB-013,yes,24,", "LAB-013,yes,500,", "target_hours is 500, must be from 1 to 240")]
    [InlineData("retention.csv", "import_refused_rows,30,", "import_refused_rows,0,", "days is 0, must be from 1 to 14610")]
    [InlineData("result_advice.csv", "swab,not_detected,", "swab,negative,", "result is «negative», must be one of detected, not_detected, inconclusive, unsuitable, annulled")]
    [InlineData("swab_reasons.csv", ",molecular antigen saliva,required", ",molecular blood,required", "test_types has «blood», must be of molecular, antigen, serology, saliva")]
    [InlineData("swab_reasons.csv", ",gp paediatrician secretary,2020-08-12", ",gp mayor,2020-08-12", "proposed_by has «mayor», must be of gp, paediatrician, secretary, usca")]
    [InlineData("swab_reasons.csv", "Clinico,Clinical,1,", "Clinico,Clinical,0,", "priority is 0, must be from 1 (first) to 9")]
    [InlineData("symptoms.csv", "2020-03-01,,USCA", "1/3/2020,,USCA", "valid_from is «1/3/2020», must be a day such as 2021-09-01")]
    [InlineData("specimens.csv", "antigen,Tampone nasale", "molecular,Tampone nasale", "molecular holds already by line 2 on 2020-09-29")]
    [InlineData("swab_limits.csv", "pool_at_most,10,2020-03-01,", "pool_at_most,10,2020-03-01,2020-02-01", "valid_until is before valid_from")]
    [InlineData("account_roles.csv", "sisp,yes,no,730", "sindaco,yes,no,730", "role is «sindaco», must be one of gp, paediatrician, secretary, sisp, hotspot, usca, lab_operator, lab_import, mayor, prefecture, school, pharmacy, pharmacy_system, school_system, vaccination_operator, vaccination_manager, call_centre, local_administrator, privacy_officer, analyst, administrator")]
    [InlineData("account_roles.csv", "sisp,yes,no,730", "sisp,yes,no,0", "longest_days and delegable_days are a day at least, or empty")]
    [InlineData("label_sizes.csv", "50x30,50,30", "50x30,5,30", "5 × 30 mm: a label is 40 to 150 mm wide and 20 to 150 mm high")]
    public void What_is_wrong_is_said_with_file_and_line(string file, string right, string wrong, string reason)
    {
        var path = Path.Combine(folder, file);
        var lines = File.ReadAllLines(path);
        var at = Array.FindIndex(lines, l => l.Contains(right, StringComparison.Ordinal));
        Assert.True(at > 0, $"{file} has no line with «{right}»");
        lines[at] = lines[at].Replace(right, wrong, StringComparison.Ordinal);
        File.WriteAllLines(path, lines);
        var errors = Assert.Throws<RegionPackException>(() => RegionPack.Read(folder)).Errors;
        Assert.Contains($"{file}, line {at + 1}: {reason}", errors);
    }

    [Fact]
    public void A_missing_file_and_a_broken_description_are_said()
    {
        File.Delete(Path.Combine(folder, "names.csv"));
        File.WriteAllText(Path.Combine(folder, "region.json"), "{ \"code\": ");
        var errors = Assert.Throws<RegionPackException>(() => RegionPack.Read(folder)).Errors;
        Assert.Contains(errors, e => e.StartsWith("names.csv: missing", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("region.json, line 1:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2021-03-28", "02:30", "2021-03-28T01:30:00Z")] // the hour that does not exist
    [InlineData("2021-10-31", "02:30", "2021-10-31T00:30:00Z")] // the hour that exists twice: the first
    [InlineData("2021-07-01", "08:00", "2021-07-01T06:00:00Z")]
    [InlineData("2021-12-01", "08:00", "2021-12-01T07:00:00Z")]
    public void Local_times_become_instants_also_when_the_clocks_change(string day, string time, string utc)
    {
        var region = RegionPack.Read(Shipped());
        var instant = region.UtcOf(DateOnly.Parse(day, null), TimeOnly.Parse(time, null));
        Assert.Equal(DateTimeKind.Utc, instant.Kind);
        Assert.Equal(DateTimeOffset.Parse(utc, null).UtcDateTime, instant);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Shipped()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, "regions", "piemonte")))
                return Path.Combine(at.FullName, "regions", "piemonte");
        }

        throw new InvalidOperationException("regions/piemonte was not found.");
    }
}
