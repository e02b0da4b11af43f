using Platform.BuildingBlocks.Failures;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Doctors;
using Platform.Patients.People;

namespace Platform.Tests.Patients;

public sealed class PatientTests
{
    private static readonly DateOnly Today = new(2021, 11, 15);

    [Fact]
    public void A_new_doctor_ends_the_list_before_on_the_day_before()
    {
        var patient = Mario();
        Assign(patient, "A", new(2015, 1, 1));
        Assign(patient, "B", new(2020, 6, 1));
        Assert.Equal([new DateOnly(2020, 5, 31), null], patient.Assignments.Select(a => a.ValidTo));
        Assert.Equal("B", patient.GpCode);
    }

    [Fact]
    public void A_list_that_begins_tomorrow_is_not_todays()
    {
        var patient = Mario();
        Assign(patient, "A", new(2015, 1, 1));
        Assign(patient, "B", Today.AddDays(1));
        Assert.Equal("A", patient.GpCode);
        Assert.True(patient.FollowLists(Today.AddDays(1)));
        Assert.Equal("B", patient.GpCode);
    }

    [Fact]
    public void A_list_that_has_ended_leaves_nobody()
    {
        var patient = Mario();
        Assign(patient, "A", new(2015, 1, 1), Today);
        Assert.Equal("A", patient.GpCode);
        Assert.True(patient.FollowLists(Today.AddDays(1)));
        Assert.Null(patient.GpCode);
    }

    [Fact]
    public void What_may_not_be_is_refused_and_changes_nothing()
    {
        var patient = Mario();
        Assign(patient, "A", new(2015, 1, 1));
        Assert.Equal("before-birth", Refused(() => Assign(patient, "B", new(1979, 1, 1))));
        Assert.Equal("already-on-list", Refused(() => Assign(patient, "A", Today)));
        Assert.Equal("later-doctor", Refused(() => Assign(patient, "B", new(2010, 1, 1))));
        Assert.Equal("list-full", Refused(() => patient.AssignTo(Guid.CreateVersion7(), Doctor("B"), 1500, Today, null, Today)));
        Assert.Equal("too-old-for-paediatrician", Refused(() => patient.AssignTo(Guid.CreateVersion7(), Doctor("P", true), 0, Today, null, Today)));
        Assert.Null(Assert.Single(patient.Assignments).ValidTo);
    }

    [Theory]
    [InlineData("2007-11-16", true)]
    [InlineData("2007-11-15", false)]
    public void A_paediatrician_takes_whoever_is_not_yet_fourteen(string born, bool may)
    {
        var patient = Mario(DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture));
        var refusal = Record.Exception(() => patient.AssignTo(Guid.CreateVersion7(), Doctor("P", true), 0, Today, null, Today));
        Assert.Equal(may, refusal is null);
    }

    [Fact]
    public void Names_are_found_word_by_word_and_run_together()
    {
        var patient = Platform.Patients.People.Patient.Register(Guid.CreateVersion7(),
            new(null, "D'Angelo", "Nicolò Maria", Sex.Male, new(1980, 1, 1), null), new("001272", "010301", null, null, null), default);
        Assert.Equal(" D ANGELO DANGELO NICOLO MARIA NICOLOMARIA", patient.SearchName);
    }

    private static Patient Mario(DateOnly? born = null) => Platform.Patients.People.Patient.Register(Guid.CreateVersion7(),
        new(null, "Rossi", "Mario", Sex.Male, born ?? new(1980, 3, 12), null), new("001272", "010301", null, null, null), default);

    private static Doctor Doctor(string code, bool paediatrician = false) =>
        new(code) { Paediatrician = paediatrician, ListLimit = paediatrician ? 1000 : 1500 };

    private static void Assign(Patient patient, string doctor, DateOnly from, DateOnly? until = null) =>
        patient.AssignTo(Guid.CreateVersion7(), Doctor(doctor), 0, from, until, Today);

    private static string Refused(Action act) => Assert.Throws<Refusal>(act).Code;
}
