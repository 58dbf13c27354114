import { button, h } from "../dom.js";
import { dialog } from "./dialogs.js";

export function cameraProblem(error) {
  if (!window.isSecureContext) return "Browsers give the camera to pages on this computer or over HTTPS only. Put the service behind HTTPS to use it from here.";
  if (error?.name === "NotAllowedError") return "The browser was not allowed to use the camera. Allow it in the address bar, then try again.";
  if (error?.name === "NotFoundError") return "No camera was found.";
  return `The camera does not start${error?.message ? `: ${error.message}` : "."}`;
}

/** One frame as a JPEG file, at most `side` pixels long. */
export function frameOf(video, side = 1280, name = "camera.jpg") {
  const scale = Math.min(1, side / Math.max(video.videoWidth, video.videoHeight));
  const canvas = h("canvas", { width: Math.round(video.videoWidth * scale), height: Math.round(video.videoHeight * scale) });
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob((blob) => done(new File([blob], name, { type: "image/jpeg" })), "image/jpeg", 0.88));
}

export function takePicture() {
  let stream;
  const video = h("video", { autoplay: true, muted: true, playsinline: true, class: "snapshot" });
  const note = h("p", { class: "quiet", role: "status" }, "Starting the camera…");
  return dialog("Take a picture", (close) => {
    const shoot = button("Take the picture", async () => close(await frameOf(video, 1920)), { kind: "primary", disabled: true });
    const media = navigator.mediaDevices?.getUserMedia({ video: { width: { ideal: 1920 } }, audio: false });
    Promise.resolve(media ?? Promise.reject(new Error("this browser has no camera access"))).then((s) => {
      stream = s;
      // Before its first picture is there, what would be taken is nothing.
      video.addEventListener("loadeddata", () => {
        note.textContent = "The picture is sent to your Semblance service only.";
        shoot.disabled = false;
      }, { once: true });
      video.srcObject = s;
    }, (error) => { note.textContent = cameraProblem(error); });
    return h("div", { class: "stack-l" }, video, note, h("div", { class: "dialog-foot" }, button("Cancel", () => close(null)), shoot));
  }).finally(() => stream?.getTracks().forEach((track) => track.stop()));
}
