using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Platform.BuildingBlocks.Tables;

/// <summary>A table as a file to keep, sent while it is read.</summary>
internal sealed class TableResult<T>(TableFormat format, string name, IReadOnlyList<TableColumn<T>> columns, IAsyncEnumerable<T> rows) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = TableWriter.MediaType(format);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{name}.{(format == TableFormat.Csv ? "csv" : "xlsx")}");
        response.Headers.ContentDisposition = disposition.ToString();
        await TableWriter.Write(format, response.Body, columns, rows, context.HttpContext.RequestAborted);
    }
}
