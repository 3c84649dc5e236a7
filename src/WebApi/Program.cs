using ChatPlatform.WebApi.Hosting;

return await ChatServer.RunAsync(args);
