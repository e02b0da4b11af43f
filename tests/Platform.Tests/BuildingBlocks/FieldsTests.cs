using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Referti.Positives;
using Platform.Testing.Requests;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.UserManagement;

namespace Platform.Tests.BuildingBlocks;

public sealed class FieldsTests
{
    [Shows(FieldClass.Identity, "Name", "Codes")]
    [Shows(FieldClass.Contacts, "Phone", "Since")]
    [Shows(FieldClass.Result, "Count")]
    private sealed record Shown(string Name, string? Phone, DateOnly? Since, IReadOnlyList<string> Codes, int Count, IReadOnlyList<Shown> Others)
    {
        public string Initial => Name.Length > 0 ? Name[..1] : "";
    }

    private static Shown Anna => new("Anna", "011", new(2021, 1, 1), ["A"], 3, [new("Bruno", "012", null, [], 1, [])]);

    [Fact]
    public void What_is_hidden_is_left_out_of_the_whole_of_the_answer()
    {
        var anna = Anna;
        ReadModel.Of(typeof(Shown)).Blank(anna, new HashSet<FieldClass> { FieldClass.Contacts });
        Assert.Equal(("Anna", null, null, "Bruno", null), (anna.Name, anna.Phone, anna.Since, anna.Others[0].Name, anna.Others[0].Phone));
        ReadModel.Of(typeof(Shown)).Blank(anna, new HashSet<FieldClass> { FieldClass.Identity });
        Assert.Equal(("", "", 0, ""), (anna.Name, anna.Initial, anna.Codes.Count, anna.Others[0].Name));
        Assert.Throws<InvalidOperationException>(() => ReadModel.Of(typeof(Shown)).Blank(anna, new HashSet<FieldClass> { FieldClass.Result }));
    }

    [Fact]
    public void Of_several_roles_what_one_sees_is_seen_and_work_always_is()
    {
        var region = RegionPack.Read(Path.Combine(Walls.Documents.Root, "regions", "piemonte"));
        var day = new DateOnly(2021, 11, 15);
        Assert.Equal([FieldClass.Contacts, FieldClass.Care, FieldClass.Health, FieldClass.Result], region.Fields.HiddenFrom([Role.Mayor], day).Order());
        Assert.Equal([FieldClass.Care, FieldClass.Health], region.Fields.HiddenFrom([Role.Mayor, Role.Pharmacy], day).Order());
        Assert.DoesNotContain(FieldClass.Work, region.Fields.HiddenFrom([], day));
        Assert.Equal(7, region.Fields.HiddenFrom([Role.LocalAdministrator], day).Count);
    }

    [Theory, OnEachEngine]
    public async Task A_hotspot_sees_no_doctor_and_a_laboratory_no_address_and_the_audit_says_what_was_seen(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await app.Sample();
        var atGp = await app.Send(new SwabRequestDetails(sample.RequestId), As.Gp(RefertiApp.Gp));
        Assert.Equal((RefertiApp.Gp, "contact"), (atGp.Swab.GpCode, atGp.Swab.Reason));
        var atHotspot = await app.Send(new SwabRequestDetails(sample.RequestId), As.Hotspot(RefertiApp.Hotspot));
        Assert.Equal((null, "contact"), (atHotspot.Swab.GpCode, atHotspot.Swab.Reason));
        var atLab = await app.Send(new SwabRequestDetails(sample.RequestId), As.Lab(sample.Lab));
        Assert.Equal((null, "Ferraris"), (atLab.Swab.GpCode, atLab.Swab.FamilyName));

        // Nothing of it was saved.
        Assert.Equal(RefertiApp.Gp, (await app.Send(new SwabRequestDetails(sample.RequestId), As.Gp(RefertiApp.Gp))).Swab.GpCode);
        await app.Drain();
        var fields = await app.Db<UserManagementDb, List<string?>>(db => db.AuditLines.Where(l => l.What == "testing.SwabRequestDetails").Select(l => l.Fields).ToListAsync());
        Assert.Equal(["address care contacts health identity", "address care contacts health identity", "address contacts health identity", "health identity"], fields.Order(StringComparer.Ordinal));
    }

    [Theory, OnEachEngine]
    public async Task An_export_leaves_out_what_the_page_does(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await app.Sample();
        await app.Take(RefertiApp.Message("A", sample.Person, sample.Number));
        await using (var scope = app.Scope(As.Mayor("001272")))
        {
            var found = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new PositivePeople(null, null) { Whole = true });
            Assert.Equal(("Ferraris", "Via Roma 1"), Assert.Single(await found.All().ToListAsync()) is var row ? (row.FamilyName, row.Address) : default);
        }

        await using (var scope = app.Scope(As.Lab(sample.Lab)))
        {
            var swabs = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SwabRequestList { Whole = true });
            Assert.Equal("contact", Assert.Single(await swabs.All().ToListAsync()).Reason);
        }
    }
}
