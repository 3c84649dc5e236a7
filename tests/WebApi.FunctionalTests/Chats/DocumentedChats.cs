using ChatPlatform.Testing;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

/// <summary>The two chats of the vendor's documentation, with their own ids, times and users.</summary>
internal static class DocumentedChats
{
    public const string Newer = "9a983789-1709-4543-aa31-a02867680017";

    public const string Older = "3322d043-4f3c-4a85-92fc-4c6876cd9442";

    /// <summary>See docs/contracts/chats.md#chat-record.</summary>
    public const string NewerJson =
        """
        {"id":"9a983789-1709-4543-aa31-a02867680017","isActive":true,"service":"telegram",
         "registeredAt":"2024-12-11T08:54:03.000Z","createdBy":"4279566b-ee1b-49ed-bda7-046bd68c11d1",
         "title":[{"value":"Chat día 11 XXII","contentType":"text/plain","capturedAt":"2024-12-11T08:54:21.898Z"}],
         "participants":[
          {"id":"5a9b042b-36ca-4aab-ba50-7ceda030d33f","userProperties":{"firstname":"Flood_wait_bot","username":"Flood_wait_bot"},
           "participations":[{"isActive":true,"joinedAt":"2024-12-11T08:54:12.000Z","invitedBy":"ba2cc0a8-841c-49d3-9c30-418e955f06ff"}]},
          {"id":"ba2cc0a8-841c-49d3-9c30-418e955f06ff","userProperties":{"username":"JorgeOiz"},
           "participations":[{"isActive":true,"joinedAt":"2024-12-11T08:54:21.898Z"}]}]}
        """;

    /// <summary>The documented list, but with times in the format of the detail and without the third chat.</summary>
    public const string ListJson =
        $$$"""
        {"records":[{{{NewerJson}}},
         {"id":"3322d043-4f3c-4a85-92fc-4c6876cd9442","isActive":true,"service":"telegram",
          "createdBy":"4279566b-ee1b-49ed-bda7-046bd68c11d1","registeredAt":"2024-12-11T07:56:03.000Z",
          "title":[{"value":"Chat día 11 XXI","contentType":"text/plain","capturedAt":"2024-12-11T07:56:22.004Z"}],
          "participants":[
           {"id":"a2222222-36ca-4aab-ba50-7ceda030d33f","userProperties":{"firstname":"Flood_wait_bot","username":"Flood_wait_bot"},
            "participations":[{"isActive":true,"joinedAt":"2024-12-11T07:56:12.000Z","invitedBy":"b2222222-841c-49d3-9c30-418e955f06ff"}]},
           {"id":"b2222222-841c-49d3-9c30-418e955f06ff","userProperties":{"username":"JorgeOiz"},
            "participations":[{"isActive":true,"joinedAt":"2024-12-11T07:56:22.004Z"}]}]}],
         "_metadata":{"currentPage":0,"totalPages":1,"pageSize":20,"totalRecords":2}}
        """;

    // A participant's id belongs to one chat, so the second chat has its own participants.
    private const string Sql =
        """
        insert into chats (application_id, id, state, is_active, service, registered_at, titled_at, created_by, title)
        values (1, '9a983789-1709-4543-aa31-a02867680017', 1, true, 'telegram', '2024-12-11T08:54:03Z', '2024-12-11T08:54:21.898Z',
                '4279566b-ee1b-49ed-bda7-046bd68c11d1', 'Chat día 11 XXII'),
               (1, '3322d043-4f3c-4a85-92fc-4c6876cd9442', 1, true, 'telegram', '2024-12-11T07:56:03Z', '2024-12-11T07:56:22.004Z',
                '4279566b-ee1b-49ed-bda7-046bd68c11d1', 'Chat día 11 XXI');
        insert into chat_titles (application_id, chat_id, value, captured_at)
        values (1, '9a983789-1709-4543-aa31-a02867680017', 'Chat día 11 XXII', '2024-12-11T08:54:21.898Z'),
               (1, '3322d043-4f3c-4a85-92fc-4c6876cd9442', 'Chat día 11 XXI', '2024-12-11T07:56:22.004Z');
        insert into chat_invitations (application_id, link, chat_id, created_at, uses)
        values (1, 'https://t.me/xxxxxxxx', '9a983789-1709-4543-aa31-a02867680017', '2024-12-11T08:54:03Z', 0);
        insert into participants (application_id, id, chat_id, user_id, firstname, username)
        values (1, 'ba2cc0a8-841c-49d3-9c30-418e955f06ff', '9a983789-1709-4543-aa31-a02867680017', 2, null, 'JorgeOiz'),
               (1, '5a9b042b-36ca-4aab-ba50-7ceda030d33f', '9a983789-1709-4543-aa31-a02867680017', 6, 'Flood_wait_bot', 'Flood_wait_bot'),
               (1, 'b2222222-841c-49d3-9c30-418e955f06ff', '3322d043-4f3c-4a85-92fc-4c6876cd9442', 2, null, 'JorgeOiz'),
               (1, 'a2222222-36ca-4aab-ba50-7ceda030d33f', '3322d043-4f3c-4a85-92fc-4c6876cd9442', 6, 'Flood_wait_bot', 'Flood_wait_bot');
        insert into participations (application_id, participant_id, joined_at, invited_by)
        values (1, 'ba2cc0a8-841c-49d3-9c30-418e955f06ff', '2024-12-11T08:54:21.898Z', null),
               (1, '5a9b042b-36ca-4aab-ba50-7ceda030d33f', '2024-12-11T08:54:12Z', 'ba2cc0a8-841c-49d3-9c30-418e955f06ff'),
               (1, 'b2222222-841c-49d3-9c30-418e955f06ff', '2024-12-11T07:56:22.004Z', null),
               (1, 'a2222222-36ca-4aab-ba50-7ceda030d33f', '2024-12-11T07:56:12Z', 'b2222222-841c-49d3-9c30-418e955f06ff');
        """;

    public static async Task StoreAsync(TestDatabase database)
    {
        await using var command = database.DataSource.CreateCommand(Sql);
        await command.ExecuteNonQueryAsync();
    }
}
