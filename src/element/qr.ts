/** A part of its own, loaded when somebody asks for it: the only door to lean-qr. */
import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

export interface QrCode {
  /** Every dark square, as one path. */
  readonly path: string;
  /** Its side in squares, without the quiet zone around it. */
  readonly size: number;
}

export function qrCode(text: string): QrCode {
  const code = generate(text);
  return { path: toSvgPath(code), size: code.size };
}
