namespace Platform.Testing.Requests;

/// <summary>What a request wants of whoever made it.</summary>
internal enum Intervention
{
    Complete,
    Book,
    Repeat,
}
