using System.Collections.ObjectModel;
using System.Linq.Expressions;
using System.Reflection;
using ChatPlatform.Application.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>Replaces <see cref="StoreFunctions"/> by PostgreSQL operators, which can use indexes.</summary>
internal sealed class StoreFunctionTranslation : IQueryExpressionInterceptor
{
    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) =>
        Translation.Instance.Visit(queryExpression);

    private sealed class Translation : ExpressionVisitor
    {
        public static readonly Translation Instance = new();

        /// <summary>Maps upper and lower case of all languages, whatever the locale of the database.</summary>
        private const string AnyLanguage = "und-x-icu";

        private const string Escape = "\\";

        private static readonly MethodInfo JsonContains = typeof(NpgsqlJsonDbFunctionsExtensions)
            .GetMethod(nameof(NpgsqlJsonDbFunctionsExtensions.JsonContains))!;

        // Both must match the expressions of the index ix_messages_search.
        private static readonly Expression<Func<DbFunctions, string, string, bool>> HasWords = (ef, text, search) =>
            ef.ToTsVector("simple", ef.Collate(text, AnyLanguage).ToLower())
                .Matches(ef.WebSearchToTsQuery("simple", ef.Collate(search, AnyLanguage).ToLower()));

        private static readonly Expression<Func<DbFunctions, string, string, bool>> IsLike = (ef, text, pattern) =>
            ef.Like(ef.Collate(text, AnyLanguage).ToLower(), ef.Collate(pattern, AnyLanguage).ToLower(), Escape);

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            // The model maps this one to a function of the database.
            if (node.Method.DeclaringType != typeof(StoreFunctions) || node.Method.Name is nameof(StoreFunctions.ArrivedAfter))
            {
                return base.VisitMethodCall(node);
            }

            return node.Method.Name switch
            {
                nameof(StoreFunctions.JsonContains) =>
                    Expression.Call(JsonContains, Expression.Constant(EF.Functions), node.Arguments[0], node.Arguments[1]),
                nameof(StoreFunctions.HasWords) => Filled(HasWords, node.Arguments),
                nameof(StoreFunctions.IsLike) => Filled(IsLike, node.Arguments),
                _ => throw new InvalidOperationException($"{node.Method.Name} has no translation."),
            };
        }

        private static Expression Filled(
            Expression<Func<DbFunctions, string, string, bool>> template, ReadOnlyCollection<Expression> arguments) =>
            ReplacingExpressionVisitor.Replace(
                template.Parameters[0],
                Expression.Constant(EF.Functions),
                ReplacingExpressionVisitor.Replace(
                    template.Parameters[1],
                    arguments[0],
                    ReplacingExpressionVisitor.Replace(template.Parameters[2], arguments[1], template.Body)));
    }
}
