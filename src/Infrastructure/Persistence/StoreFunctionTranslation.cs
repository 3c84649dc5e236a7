using System.Linq.Expressions;
using System.Reflection;
using ChatPlatform.Application.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>Puts PostgreSQL's own operators in the place of <see cref="StoreFunctions"/>, so that its indexes serve them.</summary>
internal sealed class StoreFunctionTranslation : IQueryExpressionInterceptor
{
    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) =>
        Translation.Instance.Visit(queryExpression);

    private sealed class Translation : ExpressionVisitor
    {
        public static readonly Translation Instance = new();

        private static readonly MethodInfo JsonContains = typeof(NpgsqlJsonDbFunctionsExtensions)
            .GetMethod(nameof(NpgsqlJsonDbFunctionsExtensions.JsonContains))!;

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.DeclaringType != typeof(StoreFunctions))
            {
                return base.VisitMethodCall(node);
            }

            return node.Method.Name switch
            {
                nameof(StoreFunctions.JsonContains) =>
                    Expression.Call(JsonContains, Expression.Constant(EF.Functions), node.Arguments[0], node.Arguments[1]),
                _ => throw new InvalidOperationException($"{node.Method.Name} has no translation."),
            };
        }
    }
}
