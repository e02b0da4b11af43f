namespace Platform.VaccinationBooking.Defence;

/// <summary>The defence at the end of a form; nothing where it is not on.</summary>
/// <param name="Fields">Names of those that the work is done for, in their order, divided by blanks.</param>
internal sealed record ChallengeSheet(ChallengeAnswer? Task, Proof Proof, string Fields);
