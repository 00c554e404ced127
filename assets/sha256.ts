// SHA-256 (FIPS 180-4) for pages that a county serves without https, where browsers have no crypto.subtle.
const K = new Uint32Array(64);
const START = new Uint32Array(8);
const root = (n: number, power: number): number => {
  const value = Math.pow(n, power);
  return ((value - Math.floor(value)) * 0x100000000) | 0;
};
for (let n = 2, found = 0; found < 64; n++) {
  let prime = true;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
  if (!prime) continue;
  if (found < 8) START[found] = root(n, 1 / 2);
  K[found++] = root(n, 1 / 3);
}

export async function sha256(content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (globalThis.crypto?.subtle) return new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return plainSha256(content);
}

export function plainSha256(content: Uint8Array): Uint8Array {
  const state = START.slice();
  const words = new Uint32Array(64);
  const whole = content.length - (content.length % 64);
  const tail = new Uint8Array(content.length % 64 < 56 ? 64 : 128);
  tail.set(content.subarray(whole));
  tail[content.length - whole] = 0x80;
  const bits = new DataView(tail.buffer);
  bits.setUint32(tail.length - 8, Math.floor(content.length / 0x20000000));
  bits.setUint32(tail.length - 4, content.length << 3);
  const first = new DataView(content.buffer, content.byteOffset, whole);
  for (let at = 0; at < whole; at += 64) round(state, words, first, at);
  for (let at = 0; at < tail.length; at += 64) round(state, words, bits, at);
  const made = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => made.setUint32(at * 4, word));
  return new Uint8Array(made.buffer);
}

function round(state: Uint32Array, w: Uint32Array, from: DataView, at: number): void {
  for (let i = 0; i < 16; i++) w[i] = from.getUint32(at + i * 4);
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!, y = w[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
  }
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!;
  let e = state[4]!, f = state[5]!, g = state[6]!, h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = state[i]! + value));
}
