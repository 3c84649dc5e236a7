using System.Globalization;
using ChatPlatform.Benchmarks.Functions;

// Functions.Benchmark [calls|hook|corpus] [seconds a measurement] [--Functions:UseSandbox=false …]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var words = args.Where(word => !word.StartsWith('-')).ToList();
var length = TimeSpan.FromSeconds(words.Find(word => char.IsAsciiDigit(word[0])) is { } seconds ? int.Parse(seconds) : 5);
var settings = args.Where(word => word.StartsWith('-')).ToArray();
return words.Find(word => !char.IsAsciiDigit(word[0])) switch
{
    null or "calls" => await CallBenchmark.RunAsync(length, settings),
    "hook" => await SendBenchmark.BesideHookAsync(length, settings),
    "corpus" => await SendBenchmark.BesideCorpusAsync(length, settings),
    var other => throw new ArgumentException($"There is no benchmark '{other}'."),
};
