using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
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
        select new TheoryDataRow<SwabRequestState, SwabRequestState>(state, to)];

    [Theory, MemberData(nameof(EveryPair))]
    public void A_request_moves_only_along_the_table(SwabRequestState state, SwabRequestState to)
    {
        var request = In(state);
        // Receiving a sample that was never marked as sent makes both moves; repeated orders of other modules change nothing; what the lab
        // found broken does not come back (a lost one does, below).
        var viaSent = state == SwabRequestState.Collected && to == SwabRequestState.Received;
        var repeat = state == to && to == SwabRequestState.Reported;
        var broken = state == SwabRequestState.Failed && to == SwabRequestState.Received;
        if ((SwabMoves.Allows(state, to) || viaSent || repeat) && !broken)
        {
            Move(request, to);
            Assert.Equal(to, request.State);
        }
        else
        {
            Assert.Contains(Assert.Throws<Refusal>(() => Move(request, to)).Code, new[] { "move-not-allowed", "sample-already-reported", "sample-given-up" });
            Assert.Equal(state, request.State);
        }
    }

    [Fact]
    public void A_lost_sample_that_arrives_is_taken_in_unless_another_was_asked_for()
    {
        var request = In(SwabRequestState.Sent);
        request.Reject(Failure.Lost, null, Act);
        Assert.True(request.NeedsRepeat);
        Assert.Null(request.OpenFor);
        request.Receive(Act);
        Assert.Equal((SwabRequestState.Received, (Failure?)null), (request.State, request.Failure));

        var other = In(SwabRequestState.Sent);
        other.Reject(Failure.Lost, null, Act);
        other.Repeat(Guid.CreateVersion7(), Person, Act);
        Assert.Equal("sample-given-up", Assert.Throws<Refusal>(() => other.Receive(Act)).Code);
        Assert.Equal("no-repeat-needed", Assert.Throws<Refusal>(() => other.Repeat(Guid.CreateVersion7(), Person, Act)).Code);
    }

    [Fact]
    public void An_unsuitable_report_asks_for_another_sample_and_its_correction_no_longer()
    {
        var request = In(SwabRequestState.Received);
        Assert.True(request.Close(Report, unsuitable: true, Act));
        Assert.True(request.NeedsRepeat);
        Assert.False(request.Close(Report, unsuitable: true, Act));
        Assert.True(request.Close(Report, unsuitable: false, Act));
        Assert.False(request.NeedsRepeat);
        Assert.Equal(SwabRequestState.Reported, request.State);
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
    [InlineData("symptoms", "013", null, "symptoms-date-missing")]
    [InlineData("symptoms", "", "2021-11-15", "symptoms-missing")]
    [InlineData("symptoms", "013 GUSTO", "2021-11-15", null)]
    [InlineData("symptoms", "999", "2021-11-15", "symptom-unknown")]
    [InlineData("symptoms", "013", "2021-11-16", "symptoms-date-impossible")]
    [InlineData("symptoms", "013", "1979-12-31", "symptoms-date-impossible")]
    [InlineData("contact", "", null, null)]
    [InlineData("contact", "020", "2021-11-10", null)]
    [InlineData("end-of-isolation", "", "2021-11-16", "symptoms-date-impossible")]
    [InlineData("hearsay", "", null, "reason-unknown")]
    [InlineData("admission", "", null, null, TestType.Molecular)]
    [InlineData("admission", "", null, "test-not-for-reason", TestType.Antigen)]
    [InlineData("contact", "", null, null, TestType.Saliva)]
    [InlineData("contact", "", null, "test-not-offered", TestType.Saliva, "2021-05-13")]
    [InlineData("school", "", null, "reason-unknown", TestType.Molecular, "2020-09-13")]
    public void What_is_asked_for_follows_the_regions_rules_of_the_day(
        string reason, string symptoms, string? since, string? refusal, TestType test = TestType.Molecular, string day = "2021-11-15")
    {
        var today = DateOnly.ParseExact(day, "yyyy-MM-dd");
        void Check()
        {
            var wish = Wish.Of(Rules, today, test, reason, symptoms.Split(' ', StringSplitOptions.RemoveEmptyEntries), since is null ? null : DateOnly.ParseExact(since, "yyyy-MM-dd"), null);
            SwabRequest.CheckSymptomsSince(wish.SymptomsSince, new(1980, 1, 1), today);
        }

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

    private static readonly SwabRules Rules = RegionPack.Read(Path.Combine(Walls.Rooms.Root, "regions", "piemonte")).Swabs;

    private static readonly Wish Contact = Wish.Of(Rules, new(2021, 11, 15), TestType.Molecular, "contact", [], null, null);

    private static readonly Dictionary<SwabRequestState, SwabRequestState[]> Roads = new()
    {
        [SwabRequestState.Proposed] = [],
        [SwabRequestState.MoreInformation] = [SwabRequestState.MoreInformation],
        [SwabRequestState.Refused] = [SwabRequestState.Refused],
        [SwabRequestState.Requested] = [],
        [SwabRequestState.Booked] = [SwabRequestState.Booked],
        [SwabRequestState.CheckedIn] = [SwabRequestState.Booked, SwabRequestState.CheckedIn],
        [SwabRequestState.Collected] = [SwabRequestState.Booked, SwabRequestState.Collected],
        [SwabRequestState.Sent] = [SwabRequestState.Booked, SwabRequestState.Collected, SwabRequestState.Sent],
        [SwabRequestState.Received] = [SwabRequestState.Booked, SwabRequestState.Collected, SwabRequestState.Sent, SwabRequestState.Received],
        [SwabRequestState.Reported] = [SwabRequestState.Booked, SwabRequestState.Collected, SwabRequestState.Sent, SwabRequestState.Received, SwabRequestState.Reported],
        [SwabRequestState.Failed] = [SwabRequestState.Booked, SwabRequestState.Collected, SwabRequestState.Sent, SwabRequestState.Failed],
        [SwabRequestState.Cancelled] = [SwabRequestState.Booked, SwabRequestState.Cancelled],
    };

    private static SwabRequest In(SwabRequestState state)
    {
        var proposed = state is SwabRequestState.Proposed or SwabRequestState.MoreInformation or SwabRequestState.Refused;
        var request = SwabRequest.Ask(Guid.CreateVersion7(), Person, Contact, proposed, new(2021, 11, 15), Act);
        foreach (var step in Roads[state])
            Move(request, step);
        Assert.Equal(state, request.State);
        return request;
    }

    private static void Move(SwabRequest request, SwabRequestState to)
    {
        switch (to)
        {
            case SwabRequestState.Proposed:
                request.Complete(Contact, new(2021, 11, 15), Act);
                break;
            case SwabRequestState.MoreInformation:
                request.AskMore("Quale classe?", Act);
                break;
            case SwabRequestState.Refused:
                request.Refuse("Non previsto", Act);
                break;
            case SwabRequestState.Requested when request.State == SwabRequestState.Booked:
                request.LosePlaceBy(Guid.Empty, "Chiuso", Act);
                break;
            case SwabRequestState.Requested:
                request.Authorise(null, Act);
                break;
            case SwabRequestState.Booked:
                request.Book(new Slot { Id = Guid.Empty, HotspotCode = "HS-001", StartsAt = Now, Minutes = 5, Capacity = 1 }, Act);
                break;
            case SwabRequestState.CheckedIn:
                request.CheckIn(Act);
                break;
            case SwabRequestState.Collected:
                request.Collect(new Lab { Code = "LAB-001", Name = "", AslCode = "010301", DailyCapacity = 1, Prefix = "AA" }, "AA21000001A", Act);
                break;
            case SwabRequestState.Sent:
                request.Send(null, Act);
                break;
            case SwabRequestState.Received when request.State == SwabRequestState.Reported && request.ReportId == Report:
                request.Reopen(Report, alone: true, Act);
                break;
            case SwabRequestState.Received:
                request.Receive(Act);
                break;
            case SwabRequestState.Reported:
                request.Close(Report, unsuitable: false, Act);
                break;
            case SwabRequestState.Failed when request.AccessionNumber is null:
                request.NoSample(Failure.Absent, null, Act);
                break;
            case SwabRequestState.Failed:
                request.Reject(Failure.Broken, null, Act);
                break;
            case SwabRequestState.Cancelled:
                request.Cancel("Non serve più", Act);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(to));
        }
    }
}
