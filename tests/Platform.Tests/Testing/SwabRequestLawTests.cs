using Platform.BuildingBlocks.Failures;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Labs;
using Platform.Testing.Requests;

namespace Platform.Tests.Testing;

public sealed class SwabRequestLawTests
{
    private static readonly DateTime Now = new(2021, 11, 15, 9, 0, 0, DateTimeKind.Utc);
    private static readonly Act Act = new(Now, new Guid("00000000-0000-0000-0000-000000000001"), "Dott.ssa Prova");
    private static readonly Guid Report = new("00000000-0000-0000-0000-00000000000a");

    public static TheoryData<SwabRequestState, SwabRequestState> EveryPair => [..
        from state in Enum.GetValues<SwabRequestState>()
        from to in Enum.GetValues<SwabRequestState>()
        where to != SwabRequestState.Requested
        select new TheoryDataRow<SwabRequestState, SwabRequestState>(state, to)];

    [Theory, MemberData(nameof(EveryPair))]
    public void A_request_moves_only_along_the_table(SwabRequestState state, SwabRequestState to)
    {
        var request = In(state);
        // Receiving a sample that was never marked as sent makes both moves; repeated orders of other modules change nothing.
        var viaSent = state == SwabRequestState.Collected && to == SwabRequestState.Received;
        var repeat = state == to && to == SwabRequestState.Reported;
        if (SwabMoves.Allows(state, to) || viaSent || repeat)
        {
            Move(request, to);
            Assert.Equal(to, request.State);
        }
        else if (state is SwabRequestState.Requested or SwabRequestState.Booked or SwabRequestState.Cancelled || to != SwabRequestState.Received)
        {
            Assert.Throws<Refusal>(() => Move(request, to));
            Assert.Equal(state, request.State);
        }
        else
        {
            Assert.Contains(Assert.Throws<Refusal>(() => Move(request, to)).Code, new[] { "sample-already-received", "sample-already-reported" });
        }
    }

    [Fact]
    public void The_history_tells_every_move_with_its_actor()
    {
        var request = In(SwabRequestState.Reported);
        Assert.Equal(
            [SwabRequestState.Requested, SwabRequestState.Booked, SwabRequestState.Collected, SwabRequestState.Sent, SwabRequestState.Received, SwabRequestState.Reported],
            request.Moves.Select(m => m.State));
        Assert.All(request.Moves, m => Assert.Equal(Act.ActorName, m.ActorName));
        Assert.Equal(Enumerable.Range(1, 6), request.Moves.Select(m => m.Number));
    }

    [Theory]
    [InlineData(nameof(SwabReason.Symptoms), null, "symptoms-date-missing")]
    [InlineData(nameof(SwabReason.Symptoms), "2021-11-15", null)]
    [InlineData(nameof(SwabReason.Symptoms), "2021-11-16", "symptoms-date-impossible")]
    [InlineData(nameof(SwabReason.Symptoms), "1979-12-31", "symptoms-date-impossible")]
    [InlineData(nameof(SwabReason.Contact), null, null)]
    [InlineData(nameof(SwabReason.Contact), "2021-11-10", null)]
    [InlineData(nameof(SwabReason.EndOfIsolation), "2021-11-16", "symptoms-date-impossible")]
    public void The_first_day_of_symptoms_is_demanded_and_possible(string reason, string? since, string? refusal)
    {
        void Check() => SwabRequest.CheckSymptoms(
            Enum.Parse<SwabReason>(reason), since is null ? null : DateOnly.ParseExact(since, "yyyy-MM-dd"), new(1980, 1, 1), new(2021, 11, 15));
        if (refusal is null)
            Check();
        else
            Assert.Equal(refusal, Assert.Throws<Refusal>(Check).Code);
    }

    [Fact]
    public void Only_the_annulment_of_the_report_that_closed_it_opens_a_request_again()
    {
        var request = In(SwabRequestState.Reported);
        Assert.False(request.Reopen(Guid.Empty, alone: true, Act));
        Assert.Equal(SwabRequestState.Reported, request.State);
        Assert.True(request.Reopen(Report, alone: true, Act));
        Assert.Equal(request.PatientId, request.OpenFor);
        Assert.False(request.Reopen(Report, alone: true, Act));
        Assert.Null(request.ReportedAt);
    }

    [Fact]
    public void An_older_message_does_not_overwrite_what_is_known_of_the_person()
    {
        var request = In(SwabRequestState.Booked);
        request.Know(Person with { AslCode = "010204", FamilyName = "Però" }, Now.AddMinutes(2));
        request.Know(Person with { AslCode = "010203" }, Now.AddMinutes(1));
        Assert.Equal(("010204", "PERO ADA"), (request.AslCode, request.SearchName));
    }

    private static PatientSummary Person { get; } = new(
        new Guid("00000000-0000-0000-0000-000000000002"), null, "Rossi", "Ada", Sex.Female, new(1980, 1, 1), "010301", "001272", "990007", null, null);

    private static SwabRequest In(SwabRequestState state)
    {
        var request = SwabRequest.Ask(
            Guid.CreateVersion7(), Person, TestType.Molecular, SwabReason.Contact, null, new(2021, 11, 15), Act);
        foreach (var step in Enum.GetValues<SwabRequestState>().Where(s => s > SwabRequestState.Requested && s <= state && s != SwabRequestState.Cancelled))
        {
            if (state != SwabRequestState.Cancelled || step == SwabRequestState.Booked)
                Move(request, step);
        }

        if (state == SwabRequestState.Cancelled)
            Move(request, state);
        Assert.Equal(state, request.State);
        return request;
    }

    private static void Move(SwabRequest request, SwabRequestState to)
    {
        switch (to)
        {
            case SwabRequestState.Booked:
                request.Book(new Slot { Id = Guid.Empty, HotspotCode = "HS-001", StartsAt = Now, Minutes = 5, Capacity = 1 }, Act);
                break;
            case SwabRequestState.Collected:
                request.Collect(new Lab { Code = "LAB-001", Name = "", AslCode = "010301", DailyCapacity = 1, Prefix = "AA" }, "AA21000001A", Act);
                break;
            case SwabRequestState.Sent:
                request.Send(Act);
                break;
            case SwabRequestState.Received when request.State == SwabRequestState.Reported && request.ReportId == Report:
                request.Reopen(Report, alone: true, Act);
                break;
            case SwabRequestState.Received:
                request.Receive(Act);
                break;
            case SwabRequestState.Reported:
                request.Close(Report, Act);
                break;
            case SwabRequestState.Cancelled:
                request.Cancel("Non serve più", Act);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(to));
        }
    }
}
