using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Hcert;

namespace Platform.Tests.Certificates;

public sealed class SchemaTests
{
    private static readonly DateOnly Day = new(2021, 11, 15);
    private static readonly HcertRules Rules = Pack.Piemonte.Hcert;

    [Fact]
    public void What_the_platform_says_may_be_signed()
    {
        Assert.Empty(DccSchema.Check(Payloads.Vaccination(), Rules, Day));
        Assert.Empty(DccSchema.Check(Payloads.Test(), Rules, Day));
        Assert.Empty(DccSchema.Check(Payloads.Test(type: DccCodes.Antigen), Rules, Day));
        Assert.Empty(DccSchema.Check(Payloads.Recovery(), Rules, Day));
        Assert.Empty(DccSchema.Check(Payloads.Vaccination() with { BirthDate = "1979" }, Rules, Day));
        Assert.Empty(DccSchema.Check(Payloads.Vaccination() with { BirthDate = "" }, Rules, Day));
    }

    [Fact]
    public void Each_field_that_may_not_be_is_named()
    {
        var vaccination = Payloads.Vaccination();
        var v = vaccination.Vaccination!;
        Says("v.mp", vaccination with { Vaccination = v with { Product = "EU/1/99/9999" } });
        Says("v.ma", vaccination with { Vaccination = v with { Holder = "ORG-100001699" } });
        Says("v.vp", vaccination with { Vaccination = v with { Prophylaxis = "29061000087103" } });
        Says("v.tg", vaccination with { Vaccination = v with { Target = "6142004" } });
        Says("v.dn", vaccination with { Vaccination = v with { Dose = 0 } });
        Says("v.sd", vaccination with { Vaccination = v with { Doses = 0 } });
        Says("v.dt", vaccination with { Vaccination = v with { On = Day.AddDays(1) } });
        Says("v.co", vaccination with { Vaccination = v with { Country = "XX" } });
        Says("v.is", vaccination with { Vaccination = v with { Issuer = "" } });
        Says("v.ci", vaccination with { Vaccination = v with { Uvci = "?" } });
        Says("dob", vaccination with { BirthDate = "1979-02-30" });
        Says("dob", vaccination with { BirthDate = "14/04/1979" });
        Says("nam", vaccination with { Name = DccName.Of("王", "小明") });
        Says("nam.fnt", vaccination with { Name = vaccination.Name with { FamilyNameInMrz = "D'ANGELO" } });
        Says("nam.fn", vaccination with { Name = vaccination.Name with { FamilyName = new string('a', 81) } });
        Says("ver", vaccination with { Version = "1.3" });
        Says("v t r", vaccination with { Test = Payloads.Test().Test });
        var test = Payloads.Test();
        Says("t.tc", test with { Test = test.Test! with { Centre = null } });
        Says("t.ma", test with { Test = test.Test! with { Device = "1232" } });
        Says("t.ma", test with { Test = test.Test! with { Type = DccCodes.Antigen, Device = "Panbio" } });
        Says("t.tr", test with { Test = test.Test! with { Result = "positive" } });
        Says("t.tt", test with { Test = test.Test! with { Type = "PCR" } });
        var recovery = Payloads.Recovery();
        Says("r.df", recovery with { Recovery = recovery.Recovery! with { From = recovery.Recovery.FirstPositive } });
        Says("r.du", recovery with { Recovery = recovery.Recovery! with { Until = recovery.Recovery.FirstPositive } });
    }

    [Fact]
    public void Each_vaccine_of_the_region_has_its_codes_on_each_day()
    {
        foreach (var vaccine in new[] { "comirnaty", "spikevax", "vaxzevria", "janssen" })
        {
            foreach (var day in new[] { Day, new DateOnly(2022, 6, 1) })
            {
                var product = Rules.ProductOfVaccine(vaccine, day);
                Assert.NotNull(product);
                Assert.Empty(DccSchema.Check(DccPayload.Of("Prova", "Persona", Payloads.Birth, new DccVaccination(product.Prophylaxis[0], product.Product, product.Holder, 1, 1, Day, Payloads.Uvci)), Rules, day));
            }
        }

        // The code of the first certificates for vectors was given up at the end of January 2022.
        Assert.Equal("J07BX03", Rules.ProductOfVaccine("vaxzevria", new(2022, 1, 30))!.Prophylaxis[0]);
        Assert.Equal("29061000087103", Rules.ProductOfVaccine("vaxzevria", new(2022, 1, 31))!.Prophylaxis[0]);
    }

    private static void Says(string field, DccPayload payload) => Assert.Contains(field, DccSchema.Check(payload, Rules, Day));
}

internal static class Pack
{
    public static Region Piemonte { get; } = RegionPack.Read(Folder());

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "regions", "piemonte")))
                return Path.Combine(folder.FullName, "regions", "piemonte");
        }

        throw new InvalidOperationException("regions/piemonte is not there.");
    }
}
