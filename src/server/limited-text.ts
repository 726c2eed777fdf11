const decoder = new TextDecoder();

/** The text of a body, or null where it is longer than so many bytes: read no further than that, whatever was said of its length. */
export async function limitedText(body: ReadableStream<Uint8Array> | null, most: number): Promise<string | null> {
  const reader = body?.getReader();
  const pieces: Uint8Array[] = [];
  for (let length = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) return decoder.decode(joined(pieces, length));
    length += value.length;
    if (length > most) {
      // Nobody waits for the other side to hear of it.
      reader.cancel().catch(() => {});
      return null;
    }
    pieces.push(value);
  }
  return '';
}

/** Nearly all come in one. Joined first: a letter may be cut in two. */
function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  if (first?.length === length) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
