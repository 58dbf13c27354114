// PGlite with pgvector behind a PostgreSQL socket on loopback; prints "listening PORT".
//
//     node pglite-server.mjs FOLDER_OF_NODE_MODULES
//
// pglite-socket hands single messages of all clients to the one backend, so two clients' statements could mix outside transactions, and a COPY
// cannot be continued by a later message. So clients take turns here, from the first message until the backend is ready again outside a
// transaction, and a COPY is handed over in one piece.
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';

const require = createRequire(path.join(path.resolve(process.argv[2]), 'index.js'));
const { PGlite } = require('@electric-sql/pglite');
const { vector } = require('@electric-sql/pglite-pgvector');
const { PGLiteSocketServer } = require('@electric-sql/pglite-socket');

const code = letter => letter.charCodeAt(0);
const maxConnections = 100;

/** Splits what came into whole frames with a type byte; gives back the rest. */
function takeFrames(buffer, use) {
  while (buffer.length >= 5 && buffer.length > buffer.readInt32BE(1)) {
    const length = 1 + buffer.readInt32BE(1);
    use(buffer.subarray(0, length));
    buffer = buffer.subarray(length);
  }
  return buffer;
}

/** Collects COPY … FROM STDIN with its data, and answers at once that data may come. */
function acceptCopies(db) {
  const execute = db.execProtocolRawStream.bind(db);
  let copy = null;
  db.execProtocolRawStream = async (message, options) => {
    if (copy) {
      copy.push(message);
      if (message[0] !== code('c') && message[0] !== code('f')) return;
      const whole = Buffer.concat(copy);
      copy = null;
      const answers = [];
      await execute(new Uint8Array(whole), { ...options, onRawData: data => answers.push(Buffer.from(data)) });
      takeFrames(Buffer.concat(answers), frame => {
        if (frame[0] !== code('G')) options.onRawData(new Uint8Array(frame));
      });
      return;
    }
    const statement = message[0] === code('Q') ? Buffer.from(message.subarray(5)).toString() : '';
    const columns = /^copy [^(]+\(([^)]*)\) from stdin \(format binary\)/i.exec(statement)?.[1].split(',').length;
    if (!columns) return execute(message, options);
    copy = [message];
    const answer = Buffer.alloc(8 + 2 * columns);
    answer.write('G');
    answer.writeInt32BE(answer.length - 1, 1);
    answer.writeInt8(1, 5);
    answer.writeInt16BE(columns, 6);
    for (let i = 0; i < columns; i++) answer.writeInt16BE(1, 8 + 2 * i);
    options.onRawData(new Uint8Array(answer));
  };
}

let turn = null;
const waiting = [];

function ask(client) {
  if (turn === null) turn = client;
  else if (turn !== client && !waiting.includes(client)) waiting.push(client);
}

function pass(client) {
  if (turn !== client) return;
  turn = waiting.shift() ?? null;
  turn?.flush();
}

function serve(socket, port) {
  const backend = net.connect(port, '127.0.0.1');
  let incoming = [], started = false, unparsed = Buffer.alloc(0), answers = Buffer.alloc(0), outstanding = 0;
  const client = {
    flush() {
      const data = Buffer.concat(incoming);
      incoming = [];
      if (data.length === 0) return pass(client);
      unparsed = Buffer.concat([unparsed, data]);
      if (!started && unparsed.length >= 8) {
        started = true;
        outstanding = 1;
        unparsed = unparsed.subarray(unparsed.readInt32BE(0));
      }
      if (started) unparsed = takeFrames(unparsed, frame => { if (frame[0] === code('S') || frame[0] === code('Q')) outstanding++; });
      backend.write(data);
    },
  };
  socket.on('data', data => {
    incoming.push(data);
    ask(client);
    if (turn === client) client.flush();
  });
  backend.on('data', data => {
    socket.write(data);
    let idle = false;
    answers = takeFrames(Buffer.concat([answers, data]), frame => {
      if (frame[0] !== code('Z')) return;
      outstanding--;
      idle = frame[5] === code('I');
    });
    if (idle && outstanding <= 0) pass(client);
  });
  // The backend rolls back what a lost client had begun before the next one has its turn.
  backend.on('close', () => {
    socket.destroy();
    if (waiting.includes(client)) waiting.splice(waiting.indexOf(client), 1);
    setTimeout(() => pass(client), 50);
  });
  socket.on('close', () => backend.destroy());
  socket.on('error', () => backend.destroy());
  backend.on('error', () => socket.destroy());
}

const db = await PGlite.create({ extensions: { vector } });
acceptCopies(db);
const inner = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections });
const listening = new Promise(resolve => inner.addEventListener('listening', event => resolve(event.detail.port)));
await inner.start();
const port = await listening;
const outer = net.createServer(socket => serve(socket, port));
outer.listen(0, '127.0.0.1', () => console.log(`listening ${outer.address().port}`));
