using Platform.BuildingBlocks;

namespace Platform.Testing;

public sealed class TestingModule : Module
{
    public override string Name => "testing";
    public override Type? Db => typeof(TestingDb);
}
