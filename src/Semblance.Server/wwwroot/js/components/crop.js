import { h } from "../dom.js";

// The ArcFace template for 112 x 112 pixels: both eyes, nose tip, both corners of the mouth.
const TEMPLATE = [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]];

/** Least-squares similarity that takes the landmarks to the template: x' = a x − b y + c, y' = b x + a y + d. */
export function alignment(landmarks) {
  const n = TEMPLATE.length;
  const mean = (points, axis) => points.reduce((sum, p) => sum + p[axis], 0) / n;
  const [mx, my, tx, ty] = [mean(landmarks, 0), mean(landmarks, 1), mean(TEMPLATE, 0), mean(TEMPLATE, 1)];
  let a = 0, b = 0, norm = 0;
  for (let i = 0; i < n; i++) {
    const [x, y, u, v] = [landmarks[i][0] - mx, landmarks[i][1] - my, TEMPLATE[i][0] - tx, TEMPLATE[i][1] - ty];
    a += x * u + y * v;
    b += x * v - y * u;
    norm += x * x + y * y;
  }
  if (norm === 0) return null;
  a /= norm;
  b /= norm;
  return { a, b, c: tx - (a * mx - b * my), d: ty - (b * mx + a * my) };
}

/** The face as the embedder sees it, drawn from the picture at hand; or the box with a margin where there are no landmarks. */
export function faceCrop(image, face, { size = 112, label = "" } = {}) {
  const canvas = h("canvas", { width: size, height: size, class: "crop", role: "img", "aria-label": label || "Face" });
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  const fit = face.landmarks?.length === 5 ? alignment(face.landmarks) : null;
  const k = size / 112;
  if (fit) context.setTransform(fit.a * k, fit.b * k, -fit.b * k, fit.a * k, fit.c * k, fit.d * k);
  else {
    const side = Math.max(face.box.width, face.box.height) * 1.25;
    const scale = size / side;
    context.setTransform(scale, 0, 0, scale, size / 2 - (face.box.x + face.box.width / 2) * scale, size / 2 - (face.box.y + face.box.height / 2) * scale);
  }
  context.drawImage(image, 0, 0);
  return canvas;
}

/** The part of the picture around one face, as a file for routes that want one face. */
export function cutOut(image, face, name = "face.jpg") {
  const { x, y, width, height } = face.box;
  const margin = Math.max(width, height) * 0.6;
  const left = Math.max(0, x - margin), top = Math.max(0, y - margin);
  const right = Math.min(image.naturalWidth, x + width + margin), bottom = Math.min(image.naturalHeight, y + height + margin);
  const canvas = h("canvas", { width: Math.round(right - left), height: Math.round(bottom - top) });
  canvas.getContext("2d").drawImage(image, -left, -top);
  return new Promise((done) => canvas.toBlob((blob) => done(new File([blob], name, { type: "image/jpeg" })), "image/jpeg", 0.95));
}

export async function loadImage(file) {
  const image = h("img", { alt: "" });
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
  } catch {
    URL.revokeObjectURL(image.src);
    return null;
  }
  return image;
}
