import { createSocket } from "node:dgram";

export interface NameServer {
  /** As `DNS_SERVERS` takes it. */
  address: string;
  /** The names that were asked for, one for each question. */
  asked(): string[];
  close(): Promise<void>;
}

/**
 * What a name has: mail servers (an empty one: it takes no mail), an address alone, a server that never answers, or one that never answers
 * when it's asked for addresses.
 */
type Zone = Readonly<Record<string, { mail: string[] } | "host" | "silent" | "silent_host">>;

const mx = 15;
const a = 1;

/** A name server on this machine (RFC 1035, as much of it as is asked). Names that it doesn't have don't exist. */
export async function startNameServer(zone: Zone): Promise<NameServer> {
  const socket = createSocket("udp4");
  const names: string[] = [];
  socket.on("message", (query, { port, address }) => {
    const question = readQuestion(query);
    names.push(question.name);
    const entry = zone[question.name];
    if (entry === "silent" || (entry === "silent_host" && question.type !== mx)) return;
    const records = answersOf(entry, question.type);
    const header = Buffer.from(query.subarray(0, 12));
    // An answer, with recursion; the code 3 says that there is no such name.
    header.writeUInt16BE(0x8180 | (entry ? 0 : 3), 2);
    header.writeUInt16BE(records.length, 6);
    header.writeUInt32BE(0, 8);
    socket.send(Buffer.concat([header, question.bytes, ...records]), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: () => names,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function readQuestion(query: Buffer) {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const end = at + 5;
  const name = labels.join(".").toLowerCase();
  return { name, type: query.readUInt16BE(at + 1), bytes: query.subarray(12, end) };
}

function answersOf(entry: Zone[string] | undefined, type: number): Buffer[] {
  if (entry === "host") return type === a ? [record(a, Buffer.from([192, 0, 2, 1]))] : [];
  if (typeof entry !== "object" || type !== mx) return [];
  return entry.mail.map((name) => record(mx, Buffer.concat([Buffer.from([0, 10]), encode(name)])));
}

/** About the name in the question, for a minute. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function encode(name: string): Buffer {
  const labels = name.split(".").filter(Boolean);
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}
