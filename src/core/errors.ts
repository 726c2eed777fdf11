/** Every way connecting can fail. The last three are no better for trying again. */
export const errorCodes = ['popup_blocked', 'access_denied', 'timeout', 'network', 'rate_limited', 'platform_error', 'sync_failed', 'session_expired', 'invalid_response', 'misconfigured', 'unsupported'] as const;

export type ErrorCode = (typeof errorCodes)[number];

export const isErrorCode = (code: unknown): code is ErrorCode => errorCodes.includes(code as ErrorCode);

/**
 * The one error of this package. `message` speaks to a developer (what was seen, what was expected, where to look);
 * what a visitor reads is chosen by `code`. `cause` is not enumerable, so logs that serialise errors stay readable.
 */
export class ConnectError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ConnectError';
    this.code = code;
  }

  get retryable(): boolean {
    return errorCodes.indexOf(this.code) < 8;
  }

  /** By its name: a part of the script-tag build, or a platform of the page's own, has its own copy of this class. */
  static is(thrown: unknown): thrown is ConnectError {
    const { name, code } = Object(thrown) as Partial<ConnectError>;
    return name === 'ConnectError' && isErrorCode(code);
  }

  /** The net beneath every adapter: whatever was thrown becomes one of ours, once. */
  static from(thrown: unknown, code: ErrorCode = 'platform_error'): ConnectError {
    if (ConnectError.is(thrown)) return thrown;
    // fetch rejects with a TypeError for everything the network, CORS or a CSP refuses (Fetch standard, 5.6).
    if (thrown instanceof TypeError && /fetch|network|load/i.test(thrown.message))
      return new ConnectError('network', 'A request never arrived.', thrown);
    return new ConnectError(code, thrown instanceof Error ? thrown.message : String(thrown), thrown);
  }
}

/** Why a job was told to stop: `paused` keeps the attempt for later (element removed), anything else ends it. */
export const paused = 'paused';

export const wasPaused = (signal: AbortSignal): boolean => signal.aborted && signal.reason === paused;
