// Photos that were chosen and are not on the server yet. Bytes, not Blobs: some older phones lose a stored Blob.

export interface Kept {
  who: string;
  record: string;
  page: string;
  name: string;
  type: string;
  note: string;
  position: boolean; // whether the place where it was taken stays in it
  content: ArrayBuffer;
}

const STORE = "files";
let opened: Promise<IDBDatabase> | undefined;

function base(): Promise<IDBDatabase> {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("fenghuo-visits", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

async function act<T>(mode: IDBTransactionMode, what: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await base()).transaction(STORE, mode);
  return new Promise((done, failed) => {
    const asked = what(transaction.objectStore(STORE));
    transaction.oncomplete = () => done(asked.result);
    transaction.onabort = transaction.onerror = () => failed(transaction.error);
  });
}

/** Its key. Fails where the browser has no room for it. */
export async function keepFile(file: Kept): Promise<number> {
  return (await act("readwrite", (store) => store.add(file))) as number;
}

export async function dropFile(key: number): Promise<void> {
  await act("readwrite", (store) => store.delete(key));
}

export async function filesOf(who: string): Promise<[number, Kept][]> {
  const keys = await act("readonly", (store) => store.getAllKeys());
  const found: [number, Kept][] = [];
  for (const key of keys) {
    const file = (await act("readonly", (store) => store.get(key))) as Kept | undefined;
    if (file?.who === who) found.push([key as number, file]);
  }
  return found;
}

export async function forgetFiles(who: string): Promise<void> {
  for (const [key] of await filesOf(who)) await dropFile(key);
}
