using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;

namespace Platform.BuildingBlocks.Web;

/// <summary>A back-office page. The form <em>is</em> the command (<c>[BindProperty] public RequestSwab Form</c>);
/// failures come back beside their fields, with what was typed kept.</summary>
public abstract class PlatformPage : PageModel
{
    /// <summary>Prefix of the bound command, which validators' field names lack.</summary>
    private const string FormPrefix = "Form";

    protected IMediator Mediator => HttpContext.RequestServices.GetRequiredService<IMediator>();
    public ICurrentUser CurrentUser => HttpContext.RequestServices.GetRequiredService<ICurrentUser>();
    public Texts T => HttpContext.RequestServices.GetRequiredService<Texts>();

    protected CancellationToken Cancellation => HttpContext.RequestAborted;

    /// <summary>What the page shows besides the form; called before it is shown, and again after a failure.</summary>
    protected virtual Task Load() => Task.CompletedTask;

    protected Task<TResult> Ask<TResult>(IQuery<TResult> question) => Mediator.Send(question, Cancellation);

    /// <summary>Sends the command; on failure shows the page again with what is wrong.</summary>
    protected async Task<IActionResult> Order<TResult>(ICommand<TResult> command, Func<TResult, IActionResult> then)
    {
        var status = StatusCodes.Status422UnprocessableEntity;
        if (ModelState.IsValid)
        {
            try
            {
                return then(await Mediator.Send(command, Cancellation));
            }
            catch (ValidationException invalid)
            {
                foreach (var error in invalid.Errors)
                    ModelState.AddModelError(Field(command, error.PropertyName), T[error.ErrorMessage]);
            }
            catch (Refusal refusal) when (refusal.Kind is RefusalKind.Conflict or RefusalKind.Unprocessable or RefusalKind.TooMany)
            {
                ModelState.AddModelError("", T[refusal.Message, refusal.Arguments!]);
                if (refusal.Kind == RefusalKind.TooMany)
                    status = StatusCodes.Status429TooManyRequests;
            }
        }

        Response.StatusCode = status;
        await Load();
        return Page();
    }

    /// <summary>To another page of ours, which says what happened.</summary>
    protected IActionResult Go(string path, string said, params object[] arguments)
    {
        TempData["Said"] = T[said, arguments].Value;
        return LocalRedirect(path);
    }

    /// <summary>A file to keep, with these rows.</summary>
    protected static IActionResult Table<T>(TableFormat format, string name, IReadOnlyList<TableColumn<T>> columns, IAsyncEnumerable<T> rows) =>
        new TableResult<T>(format, name, columns, rows);

    // A page with several forms has each command in a property of its own.
    private string Field(object command, string property)
    {
        var bound = GetType().GetProperties().FirstOrDefault(p => p.PropertyType == command.GetType())?.Name ?? (GetType().GetProperty(FormPrefix) is null ? null : FormPrefix);
        return bound is null || property.Length == 0 ? property : $"{bound}.{property}";
    }
}
