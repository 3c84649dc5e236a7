using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ChatPlatform.WebApi.Hosting.Errors;

/// <summary>Turns model binding failures into an error that names the fields.</summary>
internal static class BindingErrors
{
    public static IActionResult CreateResponse(ActionContext context) => new ErrorResult(Of(context.ModelState));

    private static Error Of(ModelStateDictionary state)
    {
        var failures = state.Where(entry => entry.Value!.Errors.Count > 0).ToList();
        if (failures.SelectMany(entry => entry.Value!.Errors).Any(error => error.Exception is UnsupportedContentTypeException))
        {
            return HttpError.Of(StatusCodes.Status415UnsupportedMediaType);
        }

        return CommonErrors.Invalid(failures.ToDictionary(
            entry => Field(entry.Key),
            entry => entry.Value!.Errors.Select(Reason).Distinct().ToArray()));
    }

    private static string Field(string key) => key.Length == 0 ? "body" : JsonNamingPolicy.CamelCase.ConvertName(key);

    private static string Reason(ModelError error) => error.ErrorMessage.Length > 0 ? error.ErrorMessage : "is malformed";
}
