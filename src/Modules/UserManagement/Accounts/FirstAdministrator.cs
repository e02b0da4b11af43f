using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Contracts;

namespace Platform.UserManagement.Accounts;

/// <summary>A fresh installation has no account: whoever runs it makes the first administrator on the command line.</summary>
internal static class FirstAdministrator
{
    internal static ConsoleCommand Command { get; } = new(
        "users add-administrator", "users add-administrator USER-NAME E-MAIL DISPLAY-NAME   prints the password once", async (services, words, cancellation) =>
    {
        if (words.Length < 3)
        {
            await Console.Error.WriteLineAsync("USER-NAME, E-MAIL and DISPLAY-NAME are needed.");
            return 2;
        }

        var region = services.GetRequiredService<Region>();
        var accounts = services.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<Account>>();
        if (await accounts.FindByNameAsync(words[0]) is not null)
        {
            await Console.Error.WriteLineAsync("There is an account of this name already.");
            return 1;
        }

        var password = Passwords.New();
        await services.GetRequiredService<IMediator>().Send(new CreateAccount(
            words[0], password, string.Join(' ', words[2..]), words[1], "it", [new(Role.Administrator, new(ScopeKind.Region, region.Code))]), cancellation);
        Console.WriteLine($"Password of {words[0]}: {password}");
        return 0;
    });
}
