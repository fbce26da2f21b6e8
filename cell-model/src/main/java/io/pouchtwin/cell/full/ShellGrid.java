package io.pouchtwin.cell.full;

/**
 * Finite volumes along the radius of a sphere of radius 1, finer towards the surface: faces at r = 1 - (1 - s)^2 with s
 * equidistant.
 *
 * <p>Distances between shells are such that a parabolic profile a + b r^2, which a steady flux makes, has its exact flux: the difference of the
 * shells' means of r^2 over twice the face's radius.
 *
 * <p>Diffusion needs steep gradients only near the surface, so the spacing shrinks linearly towards it.
 */
final class ShellGrid {
    /** Number of shells. */
    final int count;
    /** Volume of shell k over 4 pi [-]. */
    final double[] volume;
    /** Area of the outer face of shell k over 4 pi, divided by the distance to the next shell [-]; 0 for the outermost. */
    final double[] faceOverDistance;
    /** Distance from the outermost shell to the surface [-]. */
    final double surfaceDistance;

    ShellGrid(int count) {
        this.count = count;
        this.volume = new double[count];
        this.faceOverDistance = new double[count];
        double[] face = new double[count + 1];
        for (int k = 0; k <= count; k++) {
            double s = 1 - (double) k / count;
            face[k] = 1 - s * s;
        }
        double[] meanSquare = new double[count];
        for (int k = 0; k < count; k++) {
            volume[k] = (Math.pow(face[k + 1], 3) - Math.pow(face[k], 3)) / 3;
            meanSquare[k] = (Math.pow(face[k + 1], 5) - Math.pow(face[k], 5)) / 5 / volume[k];
        }
        for (int k = 0; k + 1 < count; k++) {
            double distance = (meanSquare[k + 1] - meanSquare[k]) / (2 * face[k + 1]);
            faceOverDistance[k] = face[k + 1] * face[k + 1] / distance;
        }
        this.surfaceDistance = 0.5 * (1 - meanSquare[count - 1]);
    }
}
