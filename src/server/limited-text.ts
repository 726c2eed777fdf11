/** The text of a body, or null where it is longer than so many bytes: read no further than that, whatever was said of its length. */
export async function limitedText(body: ReadableStream<Uint8Array> | null, most: number): Promise<string | null> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let length = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      // Nobody waits for the other side to hear of it.
      reader.cancel().catch(() => {});
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}
