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

        private const string Escape = "\\";

        private static readonly MethodInfo JsonContains = typeof(NpgsqlJsonDbFunctionsExtensions)
            .GetMethod(nameof(NpgsqlJsonDbFunctionsExtensions.JsonContains))!;

        // Both must match the expressions of the index ix_messages_search.
        private static readonly Expression<Func<DbFunctions, string, string, bool>> HasWords = (ef, text, term) =>
            SearchFunctions.Words(SearchFunctions.Text(text)).Matches(ef.PhraseToTsQuery("simple", SearchFunctions.Text(term)));

        // The planner computes what depends on the term alone, and drops conditions that are false or true. LIKE without trigrams would read
        // the whole index, so the position is compared then, which cannot use it.
        private static readonly Expression<Func<DbFunctions, string, string, bool>> HasPart = (ef, text, term) =>
            ((object?)SearchFunctions.Pairs(term) != null || SearchFunctions.Pattern(term) != "")
            && ((object?)SearchFunctions.Pairs(term) == null
                || SearchFunctions.Words(SearchFunctions.Text(text)).Matches(SearchFunctions.Pairs(term)!))
            && ((SearchFunctions.Pattern(term) != "" && ef.Like(SearchFunctions.Text(text), SearchFunctions.Pattern(term), Escape))
                || (SearchFunctions.Pattern(term) == ""
                    && SearchFunctions.Position(SearchFunctions.Text(text), SearchFunctions.Text(term)) > 0));

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
                nameof(StoreFunctions.HasPart) => Filled(HasPart, node.Arguments),
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
