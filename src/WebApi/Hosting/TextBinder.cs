using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ChatPlatform.WebApi.Hosting;

/// <summary>
/// Binds text of routes and queries. Empty text counts as absent. MVC would drop white space too: a filter would be ignored, and a required
/// part of an address would be null.
/// </summary>
internal sealed class TextBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(string) && context.BindingInfo.BindingSource is not { IsGreedy: true } ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var value = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        if (value != ValueProviderResult.None)
        {
            bindingContext.ModelState.SetModelValue(bindingContext.ModelName, value);
            bindingContext.Result = ModelBindingResult.Success(value.FirstValue is { Length: > 0 } text ? text : null);
        }

        return Task.CompletedTask;
    }
}
