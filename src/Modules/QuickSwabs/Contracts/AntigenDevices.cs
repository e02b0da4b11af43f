using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Contracts;

/// <summary>Whether the EU's common list had the device on that day: only such a test gives a certificate.</summary>
/// <param name="Jrc">Its number in the list.</param>
[BetweenModules]
public sealed record DeviceIsOfCommonList(string Jrc, DateOnly Day) : IQuery<bool>;
