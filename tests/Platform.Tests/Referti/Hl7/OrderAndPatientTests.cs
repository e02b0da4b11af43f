using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

public sealed class OrderAndPatientTests
{
    [Fact]
    public void The_patient_is_read_from_PID()
    {
        var patient = ReadObservations(Obx(1, Pcr, Detected)).Patient;
        Assert.Equal(("FRRLCU85M01L219Z", "FERRARIS", "LUCA"), (patient.CodiceFiscale, patient.FamilyName, patient.GivenName));
        Assert.Equal((new DateOnly(1985, 8, 1), 'M', "TORINO", "001272", "10100"),
            (patient.BirthDate!.Value, patient.Sex, patient.Municipality, patient.MunicipalityCode, patient.PostalCode));
        Assert.Empty(patient.OtherIdentifiers);
    }

    [Theory]
    [InlineData("PID|1||FRRLCU85M01L219Z^^^MEF^NNITA", "FRRLCU85M01L219Z")]
    [InlineData("PID|1||frrlcu85m01l219z^^^^CF", "FRRLCU85M01L219Z")]
    [InlineData("PID|1||12345^^^LIS^PI~FRRLCU85M01L219Z^^^&2.16.840.1.113883.2.9.4.3.2&ISO", "FRRLCU85M01L219Z")]
    [InlineData("PID|1||12345^^^LIS^PI~FRRLCU85M01L219Z", "FRRLCU85M01L219Z")]
    [InlineData("PID|1||BNCNNA90A41F205X^^^LIS^PI~FRRLCU85M01L219Z^^^^NNITA", "FRRLCU85M01L219Z")]
    [InlineData("PID|1|FRRLCU85M01L219Z|999", "FRRLCU85M01L219Z")]
    [InlineData("PID|1||999|FRRLCU85M01L219Z", "FRRLCU85M01L219Z")]
    [InlineData("PID|1||999||||||||||||||||FRRLCU85M01L219Z", "FRRLCU85M01L219Z")]
    [InlineData("PID|1||FRRLCUURM0MLNMVZ^^^^NNITA", "FRRLCUURM0MLNMVZ")]
    [InlineData("PID|1||FRRLCU85M01L219Z^^^^NNITA~BNCNNA90A41F205X^^^^NNITA", null)]
    [InlineData("PID|1||FRRLCU85M01L219^^^^NNITA", null)]
    [InlineData("PID|1||FRRLCU85F99L219ZZ^^^^CF", null)]
    [InlineData("PID|1||12345678901^^^^CF", null)]
    [InlineData("PID|1||\"\"", null)]
    public void The_codice_fiscale_is_found_where_senders_put_it(string pid, string? expected)
    {
        var reading = Read(Join(Msh(), pid, Obr(), Obx(1, Pcr, Detected)));
        Assert.Equal(expected, reading.Patient.CodiceFiscale);
        Assert.Equal(expected is null, reading.Problems.Codes().Contains(ProblemCodes.NoNationalIdentifier));
    }

    [Fact]
    public void STP_ENI_and_other_identifiers_are_kept()
    {
        var patient = Read(Join(Msh(), "PID|1||STP0010011234567^^^^STP~ENI0010017654321~77^^^LIS&1.2.3&ISO^PI")).Patient;
        Assert.Equal(("STP0010011234567", "ENI0010017654321"), (patient.Stp, patient.Eni));
        Assert.Equal(new PatientIdentifier("77", "PI", "LIS&1.2.3", 3), Assert.Single(patient.OtherIdentifiers));
    }

    [Theory]
    [InlineData("1985", "birth-date-partial")]
    [InlineData("198508", "birth-date-partial")]
    [InlineData("19851301", "birth-date-invalid")]
    [InlineData("01/08/1985", "birth-date-invalid")]
    public void A_birth_date_that_is_not_a_day_is_unknown(string value, string problem)
    {
        var reading = Read(Join(Msh(), $"PID|1||||||{value}|O"));
        Assert.Null(reading.Patient.BirthDate);
        Assert.Null(reading.Patient.Sex);
        Assert.Contains(problem, reading.Problems.Codes());
    }

    [Fact]
    public void Results_are_of_the_patient_they_stand_under()
    {
        var reading = Read(Join(Msh(), Pid, Obr("1"), Obx(1, Pcr, Detected),
            "PID|2||BNCNNA90A41F205X^^^^NNITA", Obr("2"), Obx(2, Pcr, NotDetected)));
        Assert.Equal(["FRRLCU85M01L219Z", "BNCNNA90A41F205X"], reading.Results.Select(result => result.Patient.CodiceFiscale));
        Assert.Contains(ProblemCodes.SeveralPatients, reading.Problems.Codes());
        Assert.False(reading.HasDoubts);
    }

    [Fact]
    public void A_result_without_a_patient_is_kept_in_doubt()
        => Assert.True(Assert.Single(Read(Join(Msh(), Obr(), Obx(1, Pcr, Detected))).Results).IsInDoubt);

    [Fact]
    public void Numbers_specimen_times_and_names_are_read()
    {
        var result = Assert.Single(ReadObservations(
            Obx(1, Pcr, Detected) + "||||||||||||LABORATORIO ANALISI^^^^^X").Results);
        var order = result.Order;
        Assert.Equal(["SAMPLE1", "LABSAMPLE1", "FILLER1", "PLACER1"], order.AccessionCandidates);
        Assert.Equal(("PLACER1", "FILLER1"), (order.PlacerOrder, order.FillerOrder));
        Assert.Equal(new CodedText("258500001", "Nasopharyngeal swab", "SCT"), order.Specimen);
        Assert.Equal(new DateTime(2021, 3, 1, 8, 30, 0), result.Collected!.Utc.DateTime);
        Assert.Equal(new DateTime(2021, 3, 1, 9, 30, 0), order.Received!.Utc.DateTime);
        Assert.Equal(new DateTime(2021, 3, 1, 11, 0, 0), order.Reported!.Utc.DateTime);
        Assert.Equal(new OrderingProvider("DOC1", "VERDI", "ANNA"), order.Provider);
        Assert.Equal("LABORATORIO ANALISI", result.PerformingLaboratory);
    }

    [Fact]
    public void Old_versions_have_their_fields()
    {
        var obr = "OBR|1|P1|F1|94558-4^Ag^LN||||||||||20210301113000|258500001&Tampone&SCT^^^|||A18|A19||20210301120000";
        var obx = "OBX|1|CE|94558-4^Ag^LN||10828004^Positivo^SCT||||||F|||202103011015|LAB1^Laboratorio Uno^L";
        var result = Assert.Single(Read(Join(Msh("ORU^R01", version: "2.3"), Pid, "ORC|RE|P2|F2", obr, obx)).Results);
        Assert.Equal(["F1", "P1", "F2", "P2", "A18", "A19"], result.Order.AccessionCandidates.Take(6));
        Assert.Equal("258500001", result.Order.Specimen!.Code);
        Assert.Equal(new DateTime(2021, 3, 1, 9, 15, 0), result.Collected!.Utc.DateTime);
        Assert.Equal(new DateTime(2021, 3, 1, 10, 30, 0), result.Order.Received!.Utc.DateTime);
        Assert.Equal(("Laboratorio Uno", true), (result.PerformingLaboratory, result.IsReportable));
    }

    [Fact]
    public void A_time_that_is_no_time_is_noted_and_the_next_one_is_taken()
    {
        var result = Assert.Single(Read(Join(Msh(), Pid, Obr(), Obx(1, Pcr, Detected), "SPM|1|||258500001^^SCT|||||||||||||ieri")).Results);
        Assert.Equal(new DateTime(2021, 3, 1, 9, 0, 0), result.Collected!.Utc.DateTime);
        Assert.True(result.IsReportable);
    }

    [Theory]
    [InlineData("ORU^R01^ORU_R01", "2.5.1", "P", "1", null, null)]
    [InlineData("ORU_R01", "2.5.1", "P", "1", null, null)]
    [InlineData("ORU^^ORU_R01", "2.5.1", "P", "1", null, null)]
    [InlineData("ORU^R01", "2.3", "P^T", "1", null, null)]
    [InlineData("ORM^O01", "2.3", "P", "1", "unsupported-message-type", "200")]
    [InlineData("OML^O21^OML_O21", "2.5", "P", "1", "unsupported-message-type", "200")]
    [InlineData("ADT^A01", "2.5", "P", "1", "unsupported-message-type", "200")]
    [InlineData("", "2.5", "P", "1", "unsupported-message-type", "200")]
    [InlineData("ORU^R30", "2.5", "P", "1", "unsupported-event", "201")]
    [InlineData("ORU", "2.5", "P", "1", "unsupported-event", "201")]
    [InlineData("ORU^R01", "2.5", "T", "1", "not-production", "202")]
    [InlineData("ORU^R01", "2.5", "D", "1", "not-production", "202")]
    [InlineData("ORU^R01", "2.5", "", "1", "missing-processing-id", "101")]
    [InlineData("ORU^R01", "2.2", "P", "1", "unsupported-version", "203")]
    [InlineData("ORU^R01", "3.0", "P", "1", "unsupported-version", "203")]
    [InlineData("ORU^R01", "", "P", "1", "missing-version", "101")]
    [InlineData("ORU^R01", "2.5", "P", "", "missing-control-id", "101")]
    [InlineData("ORU^R01", "2.5", "P", "\"\"", "missing-control-id", "101")]
    public void What_the_message_is_decides(string type, string version, string processing, string controlId, string? problem, string? error)
    {
        var refusal = MessageHeader.Of(Hl7Message.Parse(Msh(type, controlId, processing, version))).Refusal();
        Assert.Equal(problem, refusal?.Code);
        Assert.Equal(error, refusal is null ? null : ProblemCodes.ErrorCode(refusal.Code));
    }

    [Fact]
    public void Reasons_name_no_one()
    {
        var reading = Read(Join(Msh(), Pid, Obr(), Obx(1, "FRRLCU85M01L219Z^FERRARIS^L", "FERRARIS^LUCA^L"), Obx(2, Pcr, "FRRLCU85M01L219Z^^SCT"), "FERRARIS LUCA"));
        Assert.NotEmpty(reading.AllProblems);
        Assert.DoesNotContain("FERRARIS", $"{reading} {reading.Patient} {reading.Results[0]}", StringComparison.Ordinal);
        Assert.All(reading.AllProblems, problem =>
        {
            Assert.DoesNotContain("FERRARIS", problem.Reason, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("LUCA", problem.Reason, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("FRRLCU", problem.Reason, StringComparison.OrdinalIgnoreCase);
        });
    }
}
