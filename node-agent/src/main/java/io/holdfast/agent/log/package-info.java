/**
 * What the instances print: its end, for those who ask why one has died, and all of it, for those
 * who follow it.
 *
 * <p>The files are written by the services themselves; nothing here stands between them.
 *
 * <p>A log that has become long is rotated under the hands of its writer: its head is copied to a
 * file of its own and then cut off by a hole. At most two files more than are kept exist at any
 * time, beside what is written between two looks and while one part is moved. Without an agent a
 * log only grows, and is rotated at once when the next one starts. The file keeps its logical size,
 * so one launch may print as much as the file system's largest file holds (16 TiB on ext4).
 *
 * <p>A line that a service is writing in several pieces is cut only where a part would hold no end
 * of a line at all. On a full disk nothing can be moved; then a log stays in one file, and only
 * what exceeds all files together by one is deleted, oldest first. Where the file system has no
 * holes a log is left alone until it is four times that long, and then emptied: lines are lost
 * there, and the agent says so.
 */
@NullMarked
package io.holdfast.agent.log;

import org.jspecify.annotations.NullMarked;
