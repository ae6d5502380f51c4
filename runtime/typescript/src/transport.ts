/**
 * The seam between a call and the network. It lies below the token, the limits and the errors of the API, so that whoever
 * stands in for the network, a test or a recorder, sees and gives the very bytes.
 */

/** Carries requests to the API and brings back what it answers. */
export interface Transport {
  /**
   * Sends a request, once, by POST, and waits for the whole answer, whatever its status. Redirects are not followed: they
   * would carry the token elsewhere.
   *
   * @throws {@link TransportFailure}, if there is no answer.
   */
  send(request: HttpRequest): Promise<HttpResponse>;
}

/** A request as it is to be sent. Its headers hold the token. */
export interface HttpRequest {
  /** Where to. */
  readonly url: string;
  /** All headers but those of the connection itself. */
  readonly headers: Readonly<Record<string, string>>;
  /** The form. */
  readonly body: string;
  /** Gives the exchange up: it took too long, or nobody wants it any more. */
  readonly signal: AbortSignal;
  /** How long the answer's body may be. */
  readonly maxReplyBytes: number;
}

/** What was answered. */
export interface HttpResponse {
  /** The status; the API itself answers 200 always. */
  readonly status: number;
  /** The body, to its end. */
  readonly body: Uint8Array | string;
}
