using OrderService.CommandLine;
using OrderService.Hosting;

return CommandLineHost.IsVerb(args) ? await CommandLineHost.RunAsync(args) : await ServiceHost.RunAsync(args);
