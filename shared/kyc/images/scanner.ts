/** Whether a document is free of malware. */
export type ScanDocument = (bytes: Uint8Array) => Promise<boolean>;

/** The scanner did not say what it thinks of a document. */
export class ScannerFailedError extends Error {
  override readonly name = 'ScannerFailedError';
}

const TIMEOUT_MS = 10_000;

/** The scanner's answers: `204 No Content` for a clean document, `422 Unprocessable Content` for one that is not. */
const CLEAN = 204;
const INFECTED = 422;

/**
 * Asks the scanner of the stage about a document, by posting its bytes there; where it is `off`, every one is clean.
 *
 * @throws ScannerFailedError when it does not answer, or with anything else: then no document counts as uploaded.
 */
export const createScan = (scanner: string, send: typeof fetch): ScanDocument => {
  if (scanner === 'off') return () => Promise.resolve(true);
  return async (bytes) => {
    const headers = { 'content-type': 'application/octet-stream' };
    const options = { method: 'POST', headers, body: new Blob([new Uint8Array(bytes)]), redirect: 'error' } as const;
    const { status } = await send(scanner, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
      (error: unknown) => {
        throw new ScannerFailedError('The scanner of documents did not answer.', { cause: error });
      },
    );
    if (status === CLEAN || status === INFECTED) return status === CLEAN;
    throw new ScannerFailedError(`The scanner of documents answered ${status}.`);
  };
};
