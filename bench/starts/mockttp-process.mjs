// Serves on the port that it is given, for the time from the start of a process to its first answer.
import mockttp from 'mockttp';

const server = mockttp.getLocal();
await server.start(Number(process.argv[2]));
await server.forPost('/api/v1/users').thenReply(307, '', {Location: '/api/v2/users'});
await server.forPost('/api/v2/users').thenReply(201, '{"id":123}');
