/**
 * The server's clock, as seen from this page. Of several round trips the quickest says the most: the answer was given some
 * time within it. Ages on the screen are then right also on a laptop whose clock is not.
 */
export class ServerClock {
  private offset = 0;
  private quickest = Number.POSITIVE_INFINITY;

  /** Page time minus server time, in ms. */
  get offsetMs(): number {
    return this.offset;
  }

  /** One question: when it was sent and answered by the page's clock, and what the server said. */
  sample(sentAt: number, answeredAt: number, serverMs: number): void {
    const took = answeredAt - sentAt;
    // Let an old best age, so that a clock that is set while the page is open is noticed.
    this.quickest *= 1.2;
    if (took > this.quickest) return;
    this.quickest = took;
    this.offset = (sentAt + answeredAt) / 2 - serverMs;
  }

  toServer(pageMs: number): number {
    return pageMs - this.offset;
  }

  toPage(serverMs: number): number {
    return serverMs + this.offset;
  }
}
